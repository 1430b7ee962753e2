// Package outwardtest gives tests names that lead where they say, and elsewhere
// the next time.
package outwardtest

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// Names is a name server.
type Names struct {
	mu    sync.Mutex
	leads []netip.Addr
}

// Serve starts a name server for the time of a test. Every name leads to these
// addresses.
func Serve(t *testing.T, addresses ...string) (*Names, *net.Resolver) {
	t.Helper()
	var listen net.ListenConfig
	conn, err := listen.ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	n := &Names{}
	n.Lead(addresses...)
	go n.serve(conn)
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// Lead makes names lead elsewhere from now on.
func (n *Names) Lead(addresses ...string) {
	leads := make([]netip.Addr, len(addresses))
	for i, a := range addresses {
		leads[i] = netip.MustParseAddr(a)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.leads = leads
}

func (n *Names) serve(conn net.PacketConn) {
	buf := make([]byte, 1500)
	for {
		size, from, err := conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
			continue
		}
		if raw, err := n.answer(m).Pack(); err == nil {
			_, _ = conn.WriteTo(raw, from)
		}
	}
}

func (n *Names) answer(asked dnsmessage.Message) *dnsmessage.Message {
	q := asked.Questions[0]
	out := &dnsmessage.Message{Header: dnsmessage.Header{ID: asked.ID, Response: true, Authoritative: true}, Questions: asked.Questions}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, a := range n.leads {
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		switch {
		case a.Is4() && q.Type == dnsmessage.TypeA:
			out.Answers = append(out.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: a.As4()}})
		case !a.Is4() && q.Type == dnsmessage.TypeAAAA:
			out.Answers = append(out.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
	return out
}
