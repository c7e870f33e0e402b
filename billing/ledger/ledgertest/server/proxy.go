package server

import (
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// Fault is what becomes of a network.
type Fault int32

// The faults.
const (
	None   Fault = iota
	Cut          // connections end, and no new one can be made
	Silent       // connections stay, and nothing comes over them; new ones are made, and nothing comes over them either
)

// Proxy stands between a program and the server, and fails when it is told to.
type Proxy struct {
	Address string // of the server, by way of the proxy

	listener net.Listener
	upstream string
	after    atomic.Int64 // bytes of the program until the fault
	next     atomic.Int32 // the fault that comes then
	fault    atomic.Int32 // now
	passed   atomic.Int64 // bytes of the program
	mutex    sync.Mutex
	open     []net.Conn
}

// NewProxy makes a proxy to the server of an address, until the test ends.
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

// Fail makes a fault once the program has sent so many bytes more.
func (p *Proxy) Fail(fault Fault, after int64) {
	p.next.Store(int32(fault))
	p.after.Store(p.passed.Load() + after)
}

// Mend makes the network whole.
func (p *Proxy) Mend() {
	p.after.Store(1 << 62)
	p.closeAll() // what was silent comes to an end
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
