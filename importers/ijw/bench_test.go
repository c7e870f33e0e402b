package ijw_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// large is a reader of a JW323 with the given number of clients of 5 prestaties each, generated while it is read.
type large struct {
	clients, made int
	before, after string
	left          string
}

const clientOfFive = 5

func newLarge(t testing.TB, clients int) *large {
	message := sample(t, "jw323")
	first, last := strings.Index(message, "\t\t\t<jw323:Client>"), strings.Index(message, "\t\t</jw323:Clienten>")
	return &large{clients: clients, before: message[:first], after: message[last:], left: message[:first]}
}

func (l *large) Read(p []byte) (int, error) {
	if l.left == "" {
		switch l.made++; {
		case l.made <= l.clients:
			l.left = l.client(l.made)
		case l.made == l.clients+1:
			l.left = l.after
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, l.left)
	l.left = l.left[n:]
	return n, nil
}

// client writes a client indented, as the programs of providers do.
func (l *large) client(nth int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\t\t\t<jw323:Client>\n\t\t\t\t<jw323:Bsn>%09d</jw323:Bsn>\n\t\t\t\t<jw323:Prestaties>\n", nth)
	for i := range clientOfFive {
		fmt.Fprintf(&b, "\t\t\t\t\t<jw323:Prestatie>\n\t\t\t\t\t\t<jw323:ProductReferentie>\n\t\t\t\t\t\t\t<ijw:ReferentieNummer>%d-%d</ijw:ReferentieNummer>\n\t\t\t\t\t\t</jw323:ProductReferentie>\n", nth, i)
		fmt.Fprintf(&b, "\t\t\t\t\t\t<jw323:ToewijzingNummer>%d</jw323:ToewijzingNummer>\n\t\t\t\t\t\t<jw323:ProductCategorie>45</jw323:ProductCategorie>\n\t\t\t\t\t\t<jw323:ProductCode>45A48</jw323:ProductCode>\n", 300000+nth)
		fmt.Fprintf(&b, "\t\t\t\t\t\t<jw323:ProductPeriode>\n\t\t\t\t\t\t\t<ijw:Begindatum>2026-10-01</ijw:Begindatum>\n\t\t\t\t\t\t\t<ijw:Einddatum>2026-10-31</ijw:Einddatum>\n\t\t\t\t\t\t</jw323:ProductPeriode>\n")
		fmt.Fprintf(&b, "\t\t\t\t\t\t<jw323:GeleverdVolume>%d</jw323:GeleverdVolume>\n\t\t\t\t\t\t<jw323:Eenheid>01</jw323:Eenheid>\n\t\t\t\t\t\t<jw323:ProductTarief>159</jw323:ProductTarief>\n", nth%300)
		fmt.Fprintf(&b, "\t\t\t\t\t\t<jw323:IngediendBedrag>\n\t\t\t\t\t\t\t<ijw:Bedrag>%d</ijw:Bedrag>\n\t\t\t\t\t\t\t<ijw:DebetCredit>D</ijw:DebetCredit>\n\t\t\t\t\t\t</jw323:IngediendBedrag>\n\t\t\t\t\t</jw323:Prestatie>\n", nth%300*159)
	}
	b.WriteString("\t\t\t\t</jw323:Prestaties>\n\t\t\t</jw323:Client>\n")
	return b.String()
}

// judging is a sink that checks the rules of level 2, as the intake does.
type judging struct {
	null
	judge *ijw.Judge
}

func (j *judging) Declaration(header ijw.Header, declaration ijw.Declaration) error {
	j.judge = ijw.NewJudge(header, declaration)
	return nil
}

func (j *judging) Client(client *ijw.Client) error {
	j.judge.Client(client)
	return nil
}

// BenchmarkRead reads a message of 20 000 prestaties (level 1), without and with the rules of level 2.
func BenchmarkRead(b *testing.B) {
	const clients = 4000
	data, err := io.ReadAll(newLarge(b, clients))
	if err != nil {
		b.Fatal(err)
	}
	for _, level := range []struct {
		name string
		sink func() importer.Sink
	}{
		{"level1", func() importer.Sink { return null{} }},
		{"level2", func() importer.Sink { return &judging{} }},
	} {
		b.Run(level.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := importer.Read(bytes.NewReader(data), level.sink()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(clients*clientOfFive*b.N)/b.Elapsed().Seconds(), "prestaties/s")
		})
	}
}

// counting is a sink that counts prestaties and samples the memory in use.
type counting struct {
	null
	clients, prestaties int
	most                uint64
}

func (c *counting) Client(client *ijw.Client) error {
	c.clients++
	c.prestaties += len(client.Prestaties)
	if c.clients%500 == 0 {
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		c.most = max(c.most, now.HeapAlloc)
	}
	return nil
}

// The largest message takes no more memory than a small one, and the sink receives all its prestaties.
func TestMemoryIsConstant(t *testing.T) {
	use := func(clients int) uint64 {
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var sink counting
		if _, err := importer.Read(newLarge(t, clients), &sink); err != nil {
			t.Fatal(err)
		}
		if sink.clients != clients || sink.prestaties != clients*clientOfFive {
			t.Fatalf("%d clients with %d prestaties arrived", sink.clients, sink.prestaties)
		}
		return sink.most - min(sink.most, before.HeapAlloc)
	}
	small, most := use(500), use(5300)
	t.Logf("500 clients: %d bytes, 5300 clients: %d bytes", small, most)
	if most > small+1<<20 {
		t.Errorf("memory grows from %d to %d bytes", small, most)
	}
}
