package app

import "math/rand/v2"

// act is one thing a member or the firm does, at noon of a day of the year.
type act struct {
	day  int
	do   string
	plan string
	n    int64 // seats, or days
	year bool
}

// apart keeps the acts of a member so far from each other that each is known
// here before the next, however many calls are lost: there is a comparison a
// week.
const apart = 8

// lives makes up the lives of members. The same seed makes the same lives.
func lives(seed uint64, members, days int) [][]act {
	rng := rand.New(rand.NewPCG(seed, 0x11))
	out := make([][]act, members)
	for i := range out {
		out[i] = lived(rng, days)
	}
	return out
}

// lived makes up one life of at most so many days.
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
		life = []act{{day: start, do: "trial", plan: plan, n: 14, year: buy.year}}
		if rng.IntN(2) == 0 {
			life = append(life, act{day: start + 9, do: "cancel"})
		}
	case k < 97: // wants the money back and reads on
		life = []act{buy, {day: later(8, 60), do: "refund"}}
	case k < 98: // is deleted at Stripe by a slip
		life = []act{buy, {day: later(8, 90), do: "delete customer"}}
	default: // is given it
		life = []act{{day: start, do: "give", n: 20 + rng.Int64N(100)}}
		if rng.IntN(2) == 0 {
			life = append(life, act{day: start + 10, do: "revoke"})
		}
	}
	for len(life) > 0 && life[len(life)-1].day >= days {
		life = life[:len(life)-1]
	}
	return life
}
