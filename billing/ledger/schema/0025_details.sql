-- A record has twice as many columns as any statement asks for, and each costs at every row that is written or read. The others
-- are one text now, the details: see package packed. What a digest is over stays the same, and so do the digests.
ALTER TABLE records RENAME TO records_24;

CREATE TABLE records (
  bsn {{text}} NOT NULL,
  id {{int}} NOT NULL,
  provider {{text}} NOT NULL,
  known_as {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  care_date {{int}} NOT NULL,
  last_date {{int}} NOT NULL,
  unit {{text}} NOT NULL,
  quantity {{int}} NOT NULL,
  file_id {{int}} NOT NULL,
  sheet {{text}} NOT NULL,
  row_number {{int}} NOT NULL,
  version {{int}} NOT NULL,
  received {{int}} NOT NULL,
  state {{text}} NOT NULL,
  settled_by {{int}} NOT NULL,
  ambiguous {{int}} NOT NULL,
  declared {{int}} NOT NULL,
  declared_price {{int}} NOT NULL,
  standing {{int}} NOT NULL,
  details {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  PRIMARY KEY (bsn, id)
){{clustered}};

INSERT INTO records (bsn, id, provider, known_as, reference, care_date, last_date, unit, quantity, file_id, sheet, row_number, version, received,
  state, settled_by, ambiguous, declared, declared_price, standing, digest, details)
SELECT bsn, id, provider, known_as, reference, care_date, last_date, unit, quantity, file_id, sheet, row_number, version, received,
  state, settled_by, ambiguous, declared, declared_price, standing, digest,
  concat_ws('|', birth_date, start_at, end_at, has_quantity, claimed_price, claimed_amount, first_received,
    CASE WHEN (has_prior | prior_quantity | prior_other_client | seen_before | break_time) = 0 AND prior_unit = '' THEN ''
      ELSE concat_ws('|', has_prior, prior_unit, prior_quantity, prior_other_client, seen_before, break_time) END,
    octet_length(referral), octet_length(municipality), octet_length(product), octet_length(daypart), octet_length(remark),
    referral, municipality, product, daypart, remark, findings)
FROM records_24 ORDER BY bsn, id;

DROP TABLE records_24;

CREATE INDEX records_taken_back ON records (bsn) WHERE state = 'taken_back';
CREATE INDEX records_settled ON records (settled_by) WHERE settled_by <> 0;
CREATE INDEX records_known_as ON records (provider, known_as);
CREATE INDEX records_file ON records (file_id, state);
CREATE INDEX records_undated ON records (bsn) WHERE (care_date = 0 OR care_date > received);
