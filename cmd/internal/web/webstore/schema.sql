CREATE TABLE IF NOT EXISTS accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  shown TEXT NOT NULL,
  role TEXT NOT NULL,
  codes TEXT NOT NULL,
  password TEXT NOT NULL,
  totp TEXT NOT NULL,
  totp_step INT8 NOT NULL,
  recovery TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  blocked INT8 NOT NULL,
  demo INT8 NOT NULL,
  created INT8 NOT NULL,
  last_sign_in INT8 NOT NULL,
  epoch INT8 NOT NULL,
  language TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS links (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  expires INT8 NOT NULL
);
CREATE TABLE IF NOT EXISTS failures (
  what TEXT PRIMARY KEY,
  count INT8 NOT NULL,
  until INT8 NOT NULL,
  last INT8 NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
  token TEXT PRIMARY KEY,
  data TEXT NOT NULL,
  expires INT8 NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_expires ON sessions (expires);
CREATE TABLE IF NOT EXISTS uploads (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  made INT8 NOT NULL,
  as_of INT8 NOT NULL,
  state TEXT NOT NULL,
  step TEXT NOT NULL,
  done INT8 NOT NULL,
  total INT8 NOT NULL,
  files TEXT NOT NULL,
  counts TEXT NOT NULL,
  message TEXT NOT NULL,
  sent INT8 NOT NULL,
  sent_by TEXT NOT NULL,
  job TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS uploads_code ON uploads (code, made);
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY,
  number INT8 NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  asked INT8 NOT NULL,
  as_of INT8 NOT NULL,
  state TEXT NOT NULL,
  step TEXT NOT NULL,
  done INT8 NOT NULL,
  total INT8 NOT NULL,
  message TEXT NOT NULL,
  result TEXT NOT NULL,
  ended INT8 NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_state ON jobs (state, number);
CREATE TABLE IF NOT EXISTS decided (
  job TEXT NOT NULL,
  record INT8 NOT NULL,
  code TEXT NOT NULL,
  version INT8 NOT NULL,
  word TEXT NOT NULL,
  account TEXT NOT NULL,
  made INT8 NOT NULL,
  open INT8 NOT NULL,
  PRIMARY KEY (job, record, code)
);
CREATE TABLE IF NOT EXISTS votes (
  id TEXT PRIMARY KEY,
  record INT8 NOT NULL,
  code TEXT NOT NULL,
  version INT8 NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  word TEXT NOT NULL,
  reason TEXT NOT NULL,
  made INT8 NOT NULL,
  open INT8 NOT NULL
);
CREATE INDEX IF NOT EXISTS votes_open ON votes (open, record, code);
CREATE TABLE IF NOT EXISTS selections (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  body TEXT NOT NULL,
  made INT8 NOT NULL
);
DROP TABLE IF EXISTS approvals;
CREATE TABLE IF NOT EXISTS agreements (
  period INT8 NOT NULL,
  run INT8 NOT NULL,
  inputs TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  made INT8 NOT NULL,
  PRIMARY KEY (period, account)
);
CREATE TABLE IF NOT EXISTS log (
  id INT8 PRIMARY KEY,
  moment TEXT NOT NULL,
  account TEXT NOT NULL,
  role TEXT NOT NULL,
  address TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS log_object ON log (object, act, id);
