-- Who agreed with a decision that two take together; '' where one does. It is in the digest of a row only where there is
-- one, so that the digests of the rows that are here stay as they are.
ALTER TABLE decisions ADD COLUMN decided_second {{text}} NOT NULL DEFAULT '';
