-- A version that was accepted at the last close stands until a newer one takes its place. What a version follows is
-- known when it is read. A record is known by its provider's reference without leading zeros, when it is digits alone;
-- so are decisions.
ALTER TABLE records ADD COLUMN prior_other_client {{int}} NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN seen_before {{int}} NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN known_as {{text}} NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN standing {{int}} NOT NULL DEFAULT 0;
UPDATE records SET known_as = CASE WHEN reference = '' OR ltrim(reference, '0123456789') <> '' THEN reference
  WHEN ltrim(reference, '0') = '' THEN '0' ELSE ltrim(reference, '0') END;
UPDATE records SET standing = 1 WHERE EXISTS (SELECT 1 FROM outcomes o JOIN (SELECT max(id) AS id FROM runs WHERE closed_on > 0) c
  ON o.first_run <= c.id AND (o.last_run = 0 OR o.last_run >= c.id) WHERE o.bsn = records.bsn AND o.record_id = records.id AND o.outcome = 'accepted');
DROP INDEX records_reference;
CREATE INDEX records_known_as ON records (provider, known_as);

ALTER TABLE decisions ADD COLUMN known_as {{text}} NOT NULL DEFAULT '';
UPDATE decisions SET known_as = CASE WHEN reference = '' OR ltrim(reference, '0123456789') <> '' THEN reference
  WHEN ltrim(reference, '0') = '' THEN '0' ELSE ltrim(reference, '0') END;
DROP INDEX decisions_record;
DROP INDEX decisions_reference;
CREATE INDEX decisions_known_as ON decisions (provider, known_as);

-- Rows of an earlier file that a later one leaves out while it repeats more than half of them. They stand, and are named.
CREATE TABLE left_out (
  file_id {{int}} NOT NULL,
  earlier_id {{int}} NOT NULL,
  bsn {{text}} NOT NULL,
  provider {{text}} NOT NULL,
  known_as {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  sheet {{text}} NOT NULL,
  row_number {{int}} NOT NULL,
  back_in {{int}} NOT NULL,
  PRIMARY KEY (file_id, provider, known_as)
){{strict}};
CREATE INDEX left_out_provider ON left_out (provider, known_as);
