package rates_test

import (
	"testing"

	"github.com/pxq-nl/pxq/rates"
)

func TestHartVanBrabantLoads(t *testing.T) {
	_, problems := rates.Parse(rates.HartVanBrabantTables())
	if len(problems) > 0 {
		t.Fatal(problems.In("nl"))
	}
}
