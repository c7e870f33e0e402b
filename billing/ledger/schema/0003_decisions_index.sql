-- Decisions are looked up by the record that they are about, once for each decision that comes in.
CREATE INDEX decisions_reference ON decisions (provider, reference);
