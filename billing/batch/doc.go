// Package batch is the monthly batch: clients are judged, the difference with the ledger is declared, and a period is
// closed, verified and compared with itself.
//
// A record comes here out of billing/ledger, where billing/intake put it. Run judges its client with billing and the
// rules, and keeps what became of it; billing/report shows that.
package batch
