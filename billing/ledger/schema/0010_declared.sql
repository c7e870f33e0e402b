-- What each close declared in all, in cents, so that a run can be held against the months before it without adding them up
-- again. The program fills it in for the closes that are here.
ALTER TABLE runs ADD COLUMN declared {{int}} NOT NULL DEFAULT 0;
