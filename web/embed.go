// Package web holds what browsers get from this server: templates, the
// stylesheet, fonts and icons, the built desk, and the examples of the
// documents. It has no logic.
package web

import "embed"

// Templates holds the html/template files, under templates/.
//
//go:embed templates/portal/*.html
var Templates embed.FS

// Static holds what is served under /static/, and the icons, under static/.
//
//go:embed static/*.css static/*.js static/icons static/fonts/*.woff2 static/fonts/*.txt
var Static embed.FS

// Desk holds the built desk, under desk/dist/, but not the list of what it was
// built from, which only a test reads. `make web` builds it.
//
//go:embed desk/dist/index.html desk/dist/assets
var Desk embed.FS

// Examples holds those of internal/surface/reference/examples, packed, as they
// are long and much alike. make api packs them.
//
//go:embed openapi/examples/*.txt.gz
var Examples embed.FS
