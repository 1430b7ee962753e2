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

// Place is the part of an address that is kept: it says roughly where somebody
// is and not who. It is the /24 of an IPv4 address, or the /48 of another, and
// "" for what is no address.
func Place(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	bits := 48
	if ip.Is4() {
		bits = 24
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
