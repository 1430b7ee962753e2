package cover

import (
	"hash/fnv"
	"strconv"
)

// dice rolls numbers that look like chance and are the same for the same face
// (splitmix64, https://prng.di.unimi.it/splitmix64.c).
type dice struct{ state uint64 }

func newDice(f Face) *dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.Series + "\x00" + f.Month.Format("2006-01") + "\x00" + strconv.Itoa(f.Number)))
	return &dice{h.Sum64()}
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit is from 0 up to, not including, 1.
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// between is from low up to high.
func (d *dice) between(low, high float64) float64 { return low + d.unit()*(high-low) }

// of is one of n.
func (d *dice) of(n int) int { return int(d.next() % uint64(n)) } //nolint:gosec // n is small
