-- What of a client lies at rest once the declaration of the period is final, when the client then need not be judged again:
-- the close puts it in the place of rest_to and passed. 0 is nothing.
ALTER TABLE clients ADD COLUMN closed_rest_to {{int}} NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN closed_passed {{int}} NOT NULL DEFAULT 0;
