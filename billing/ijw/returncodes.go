package ijw

import (
	"slices"
	"strings"
)

// ReturnCode is a code that an answer gives to a class of a message (retourcode, WJ001).
type ReturnCode string

// The return codes that do not belong to a single rule; all others are with their rules.
const (
	TechnicallyWrong ReturnCode = "0001" // a rule of level 2 is broken: the message counts as never sent
	NoRemark         ReturnCode = "0200"
	NotJudged        ReturnCode = "0233" // the class above it is wrong
	FullyGranted     ReturnCode = "8001"
)

// returnCodes are all codes of the code list in the schemas of iJw 3.2; an answer may hold no other.
var returnCodes = strings.Fields(`
	0001 0200 0233 0611 8001 8017 8021 8187 8214 8848 9019 9056 9063 9069 9071 9074 9307 9308 9319 9321
	9322 9326 9332 9333 9338 9339 9340 9341 9346 9347 9349 9350 9351 9355 9357 9359 9360 9361 9365 9366
	9367 9369 9373 9374 9375 9379 9384 9385 9387 9388 9389 9390 9411 9412 9413 9414 9415 S300 S329`)

// Known reports whether the code is in the code list of the standard.
func (c ReturnCode) Known() bool {
	_, found := slices.BinarySearch(returnCodes, string(c))
	return found
}

// sorted returns the codes in ascending order, each once.
func sorted(codes []ReturnCode) []ReturnCode {
	codes = slices.Clone(codes)
	slices.Sort(codes)
	return slices.Compact(codes)
}
