package server

import (
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// Fault is a failure of the network.
type Fault int32

// The faults.
const (
	None   Fault = iota
	Cut          // connections are closed, and new ones are refused
	Silent       // connections stay open and new ones are accepted, but no data passes
)

// Proxy forwards connections to the server, and fails on demand.
type Proxy struct {
	Address string // of the server by way of the proxy

	listener net.Listener
	upstream string
	after    atomic.Int64 // value of passed at which the fault starts
	next     atomic.Int32 // the fault that starts then
	fault    atomic.Int32 // the current fault
	passed   atomic.Int64 // bytes sent by the program
	mutex    sync.Mutex
	open     []net.Conn
}

// NewProxy starts a proxy for the server at the address; it stops when the test ends.
func NewProxy(t testing.TB, address string) *Proxy {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: listener, upstream: parsed.Host}
	parsed.Host = listener.Addr().String()
	p.Address = parsed.String()
	p.Mend()
	go p.accept()
	t.Cleanup(func() {
		listener.Close()
		p.closeAll()
	})
	return p
}

// Fail starts a fault once the program has sent that many more bytes.
func (p *Proxy) Fail(fault Fault, after int64) {
	p.next.Store(int32(fault))
	p.after.Store(p.passed.Load() + after)
}

// Mend ends any fault and closes the connections.
func (p *Proxy) Mend() {
	p.after.Store(1 << 62)
	p.closeAll() // silent connections must end
	p.fault.Store(int32(None))
}

// Passed returns how many bytes the program has sent.
func (p *Proxy) Passed() int64 { return p.passed.Load() }

func (p *Proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.keep(conn)
		switch Fault(p.fault.Load()) {
		case Cut:
			conn.Close()
			continue
		case Silent:
			continue
		}
		there, err := net.Dial("tcp", p.upstream)
		if err != nil {
			conn.Close()
			continue
		}
		p.keep(there)
		if Fault(p.fault.Load()) == Cut {
			p.closeAll()
			continue
		}
		go p.copy(there, conn, true)
		go p.copy(conn, there, false)
	}
}

func (p *Proxy) keep(conn net.Conn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.open = append(p.open, conn)
}

func (p *Proxy) closeAll() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, conn := range p.open {
		conn.Close()
	}
	p.open = nil
}

func (p *Proxy) copy(to, from net.Conn, ofProgram bool) {
	defer func() {
		if Fault(p.fault.Load()) != Silent {
			to.Close()
			from.Close()
		}
	}()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		if ofProgram && p.passed.Add(int64(n)) >= p.after.Load() && p.fault.CompareAndSwap(int32(None), p.next.Load()) && Fault(p.next.Load()) == Cut {
			p.closeAll()
		}
		if Fault(p.fault.Load()) == Silent {
			_, _ = io.Copy(io.Discard, from) // until it is closed
			return
		}
		if Fault(p.fault.Load()) == Cut {
			return
		}
		if _, writing := to.Write(buffer[:n]); writing != nil || err != nil {
			return
		}
	}
}
