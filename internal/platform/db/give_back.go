package db

import "modernc.org/libc"

// The allocator below SQLite keeps the last 4 MiB that were freed as they are,
// in regions of 1 MiB, and gives the pages of older ones back to the system.
const (
	regionsKept = 4
	ownRegion   = 700 << 10 // bytes that do not share a region
)

// GiveBack returns memory that SQLite has freed to the system, such as what
// making all the tables took. It takes the regions that are kept and as many
// untouched ones, and frees them in that order: the untouched are kept then.
func GiveBack() {
	tls := libc.NewTLS()
	defer tls.Close()
	var held [2 * regionsKept]uintptr
	for i := range held {
		held[i] = libc.Xmalloc(tls, ownRegion)
	}
	for _, p := range held {
		libc.Xfree(tls, p)
	}
}
