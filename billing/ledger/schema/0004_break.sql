-- The break between start and end of care, in hundredths of a minute. It is in the digest of a row only where there is
-- one, so that the digests of the rows that are here stay as they are.
ALTER TABLE records ADD COLUMN break_time {{int}} NOT NULL DEFAULT 0;
