package billing

// What tests of this package look at from outside.
var (
	Gap        = gap
	ParseOwner = parseOwner
	ValueOf    = monthly
	MovementOf = movement
)

// What other parts of the room do with terms.
var (
	AddTerm   = (*Office).addTerm
	NextStart = (*Office).nextStart
	EndTermOf = (*Office).endTermOf
	AddMonths = addMonths
)
