-- The audit trail: who did what, command by command. Each entry is chained by a hash to the one before it. The program
-- adds, behind this file, the triggers that keep entries, declared lines and closed runs from being changed.
CREATE TABLE audit (
  id {{int}} PRIMARY KEY,
  act {{int}} NOT NULL,
  moment {{text}} NOT NULL,
  who {{text}} NOT NULL,
  command {{text}} NOT NULL,
  result {{text}} NOT NULL,
  files {{text}} NOT NULL,
  counts {{text}} NOT NULL,
  remark {{text}} NOT NULL,
  hash {{text}} NOT NULL
){{strict}};
