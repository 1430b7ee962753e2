package actor

import "net/netip"

// Network is whom a limit counts that knows nothing of a client but its
// address: an IPv4 address, or the /64 that one IPv6 customer has to himself.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
