package search

import (
	"hash/maphash"
	"sync/atomic"
)

// seen remembers words that are in the list for sure, in a filter of fixed size
// (a Bloom filter): it may take one word in a hundred for one that it has seen,
// and then that word is not put into the list, which costs a proposal.
type seen struct {
	seed maphash.Seed
	bits [1 << 14]atomic.Uint64 // 2^20 bits
}

func newSeen() *seen { return &seen{seed: maphash.MakeSeed()} }

// places are the four bits of a word.
func (s *seen) places(word string) (out [4]uint32) {
	h := maphash.String(s.seed, word)
	a, b := uint32(h), uint32(h>>32)|1 //nolint:gosec // the halves of a hash
	for i := range out {
		out[i] = (a + uint32(i)*b) & (1<<20 - 1)
	}
	return out
}

func (s *seen) add(words []string) {
	for _, w := range words {
		for _, at := range s.places(w) {
			s.bits[at>>6].Or(1 << (at & 63))
		}
	}
}

// fresh gives the words that have not been seen.
func (s *seen) fresh(words []string) (out []string) {
	for _, w := range words {
		for _, at := range s.places(w) {
			if s.bits[at>>6].Load()&(1<<(at&63)) == 0 {
				out = append(out, w)
				break
			}
		}
	}
	return out
}
