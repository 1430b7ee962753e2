package publication

// Ratio is the contrast of two colours.
func Ratio(a, b string) float64 { return ratio(a, b) }
