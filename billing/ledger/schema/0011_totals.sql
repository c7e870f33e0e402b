-- What a month costs must not grow with the months before it. The totals of a closed period are kept when it is closed, so
-- that nobody adds up its lines once more; and which municipalities and products referrals name is found by an index,
-- however many referrals there are, and the lines that a close replaces by one of theirs.
CREATE TABLE closed_totals (
  period {{int}} NOT NULL,
  municipality {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  product {{text}} NOT NULL,
  unit {{text}} NOT NULL,
  care_month {{int}} NOT NULL,
  kind {{text}} NOT NULL,
  line_count {{int}} NOT NULL,
  quantity {{int}} NOT NULL,
  amount {{int}} NOT NULL,
  PRIMARY KEY (period, municipality, provider, product, unit, care_month, kind)
){{clustered}};
INSERT INTO closed_totals (period, municipality, provider, product, unit, care_month, kind, line_count, quantity, amount)
  SELECT period, municipality, provider, product, unit, care_month, kind, count(*),
    CAST(sum(CASE WHEN kind = 'credit' THEN -quantity ELSE quantity END) AS {{int}}), CAST(sum(amount) AS {{int}})
  FROM lines WHERE sequence > 0 GROUP BY period, municipality, provider, product, unit, care_month, kind;
CREATE INDEX referrals_named ON referrals (municipality, product) WHERE is_latest = 1;
CREATE INDEX lines_open ON lines (period) WHERE sequence = 0;
