package billing

// What tests of this package look at from outside.
var (
	Gap        = gap
	ParseOwner = parseOwner
)
