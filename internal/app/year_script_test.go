package app

import "math/rand/v2"

// act is one thing a member or the firm does, at noon of a day of the year.
type act struct {
	day  int
	do   string
	plan string
	n    int64 // seats, days or months
	year bool
}

// apart keeps the acts of a member so far from each other that each is known
// here before the next, however many calls are lost: there is a comparison
// every six days.
const apart = 8

// lives makes up the lives of members. The same seed makes the same lives.
func lives(seed uint64, members, days int) [][]act {
	rng := rand.New(rand.NewPCG(seed, 0x11))
	out := make([][]act, members)
	for i := range out {
		if i%3 == 2 {
			out[i] = onceOnly(rng, days, i/3)
		} else {
			out[i] = lived(rng, days)
		}
		for n := len(out[i]); n > 0 && out[i][n-1].day >= days; n-- {
			out[i] = out[i][:n-1]
		}
	}
	return out
}

// onceOnly makes up a life without a subscription, or nearly: each kind in its
// turn.
func onceOnly(rng *rand.Rand, days, turn int) (life []act) {
	at := rng.IntN(days - 40)
	do := func(wait int, what string, n int64) {
		at += wait
		life = append(life, act{day: at, do: what, n: n})
	}
	half := func() bool { return rng.IntN(2) == 0 }
	switch turn % 7 {
	case 0: // one note, perhaps paid back, and perhaps all of them later
		if do(0, "note", 0); half() {
			do(apart+rng.IntN(30), "note back", 0)
		}
		if half() {
			life = append(life, act{day: at + apart + rng.IntN(40), do: "buy", plan: "basic"})
		}
	case 1: // a present, which is redeemed or not, and paid back or not
		do(0, "gift", 7)
		if turn%2 == 0 || half() {
			do(2*apart+rng.IntN(30), "redeem", 0)
		}
		if half() {
			do(2*apart+rng.IntN(30), "gift back", 0)
		}
	case 2: // by invoice, paid before or after it is due, or never
		if do(0, "order", 14); turn%3 != 2 {
			do(apart+rng.IntN(25), "transfer", 0)
		}
	case 3: // a term, paid once
		if do(0, "once", 3); half() {
			do(apart+rng.IntN(30), "once back", 0)
		}
	case 4: // by bank transfer, entered by hand
		do(0, "give owed", 30+rng.Int64N(60))
		if half() {
			do(20+rng.IntN(10), "paid", 0)
		}
	case 5: // by hand, and longer
		do(0, "give basic", 20+rng.Int64N(60))
		do(apart, "extend", 20+rng.Int64N(40))
	default: // is given it
		if do(0, "give", 20+rng.Int64N(100)); half() {
			do(10, "revoke", 0)
		}
	}
	return life
}

// lived makes up one life with a subscription.
func lived(rng *rand.Rand, days int) []act {
	plan := []string{"basic", "research"}[rng.IntN(2)]
	other := map[string]string{"basic": "research", "research": "basic"}[plan]
	start := rng.IntN(days - 40)
	// later is some days after the one before, and never close to a renewal by
	// the month, whose moment would be ambiguous.
	at := start
	later := func(least, spread int) int {
		at += max(least, apart) + rng.IntN(spread)
		return at
	}
	buy := act{day: start, do: "buy", plan: plan, year: rng.IntN(2) == 0}
	var life []act
	switch k := rng.IntN(100); {
	case k < 22: // goes on as it began
		life = []act{buy}
	case k < 36: // wants more, and perhaps less again
		life = []act{buy, {day: later(8, 60), do: "plan", plan: other}, {day: later(8, 90), do: "plan", plan: plan}}
	case k < 48: // leaves, and perhaps comes back
		life = []act{buy, {day: later(8, 40), do: "cancel"}, {day: later(45, 60), do: "back", plan: other}}
	case k < 56: // thinks better of it
		life = []act{buy, {day: later(8, 9), do: "cancel"}, {day: later(8, 1), do: "keep"}}
	case k < 70: // the card stops working at the first renewal
		buy.year = false
		life = []act{buy, {day: start + 36 + rng.IntN(7), do: "recover"}}
		buy.do = "buy failing"
		if life[0] = buy; rng.IntN(2) == 0 {
			life = life[:1]
		}
	case k < 75: // is declined, and tries again
		life = []act{{day: start, do: "declined", plan: plan}, {day: later(1, 10), do: "buy", plan: plan}}
	case k < 80: // leaves at once
		life = []act{buy, {day: later(8, 90), do: "end"}}
	case k < 86: // buys for a team
		life = []act{buy, {day: later(8, 40), do: "seats", n: 2 + rng.Int64N(9)}, {day: later(8, 60), do: "seats", n: 1 + rng.Int64N(3)}}
	case k < 90: // gets a discount to stay
		life = []act{buy, {day: later(8, 60), do: "discount"}}
	case k < 95: // tries it first
		life = []act{{day: start, do: "trial", plan: plan, n: 20, year: buy.year}}
		if rng.IntN(2) == 0 {
			life = append(life, act{day: start + 9, do: "cancel"})
		}
	case k < 97: // wants the money back and reads on
		life = []act{buy, {day: later(8, 60), do: "refund"}}
	case k < 98: // is deleted at Stripe by a slip
		life = []act{buy, {day: later(8, 90), do: "delete customer"}}
	default: // is given it, before they have a subscription too
		life = []act{{day: start, do: "give", n: 20 + rng.Int64N(100)}, {day: start + 10, do: "buy", plan: plan, year: buy.year}}
	}
	return life
}
