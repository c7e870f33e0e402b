// Package batch is the monthly batch on a store (billing/ledger), with one method of [Batch] for each step:
//
//	Run     judges the clients that may have changed, and stores their outcomes and the difference with the ledger
//	Diff    compares the last two runs of a period
//	Close   makes the declaration of a period final
//	Verify  checks everything that is stored: digests, hash chain, seals, and lines against rows
//
// billing/intake stored the records that Run judges; billing/report shows the results. Read run.go first, then writer.go,
// close.go and verify.go.
package batch
