package portal

// theme is what an owner lays over the built-in templates and files.
type theme struct {
	templates map[string][]byte // by file name
	files     map[string][]byte // by their path under /static/
}
