package kit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/surface/kit"
)

// TestOperationsAreDocumented: generated clients read this document.
func TestOperationsAreDocumented(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Required bool
				Explode  *bool
				Schema   map[string]any
			}
			RequestBody *struct {
				Required bool
				Content  map[string]struct{ Schema map[string]any }
			}
			Responses map[string]struct {
				Content map[string]any
				Headers map[string]any
			}
		}
	}
	if err := json.NewDecoder(b.send(t, "GET /api/t/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n").Body).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	get := doc.Paths["/api/t/v1/p/{id}/{number}"]["get"]
	if len(get.Parameters) != 15 || get.Parameters[0].Name != "id" || !get.Parameters[0].Required || get.Parameters[4].Schema["default"] != 20.0 || get.Parameters[14].In != "cookie" {
		t.Errorf("%+v", get.Parameters)
	}
	if p := get.Parameters[10]; p.Name != "topics" || p.Explode == nil || *p.Explode {
		t.Errorf("a list with commas is not told: %+v", p)
	}
	if r := get.Responses["200"]; len(r.Headers) != 4 || r.Content["application/json"] == nil || get.Responses["default"].Content["application/problem+json"] == nil {
		t.Errorf("%+v", get.Responses)
	}
	post, patch := doc.Paths["/api/t/v1/people"]["post"], doc.Paths["/api/t/v1/people"]["patch"]
	if !post.RequestBody.Required || patch.RequestBody.Required || post.Responses["201"].Content == nil {
		t.Errorf("%+v %+v", post.RequestBody, patch.RequestBody)
	}
	form := doc.Paths["/api/t/v1/files"]["post"].RequestBody.Content["multipart/form-data"].Schema
	if fmt.Sprint(form["required"]) != "[file note]" {
		t.Errorf("%+v", form)
	}
}

// TestMistakesInAnOperationStopTheStart: none waits for a request.
func TestMistakesInAnOperationStopTheStart(t *testing.T) {
	t.Parallel()
	s := kit.New(kit.Options{})
	api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
	for name, register := range map[string]func(){
		"a pointer": func() {
			kit.Register(api, op("GET", "/1"), nothing[struct {
				A *string `query:"a"`
			}, struct{}])
		},
		"an option": func() {
			kit.Register(api, op("GET", "/2"), nothing[struct {
				A []string `query:"a,explode"`
			}, struct{}])
		},
		"a struct": func() {
			kit.Register(api, op("GET", "/3"), nothing[struct {
				A person `query:"a"`
			}, struct{}])
		},
		"a default in a body": func() {
			kit.Register(api, op("PUT", "/4"), nothing[struct {
				Body []struct {
					A int `default:"1"`
				}
			}, struct{}])
		},
		"a resolver": func() { kit.Register(api, op("PUT", "/5"), nothing[resolving, struct{}]) },
		"a raw body": func() { kit.Register(api, op("PUT", "/6"), nothing[struct{ RawBody []byte }, struct{}]) },
		"a form with a number": func() {
			kit.Register(api, op("PUT", "/7"), nothing[struct {
				RawBody kit.Form[struct {
					A int `form:"a"`
				}]
			}, struct{}])
		},
		"a header that is a map": func() { kit.Register(api, op("PUT", "/8"), nothing[struct{}, struct{ H map[string]string }]) },
		"a status in words":      func() { kit.Register(api, op("PUT", "/9"), nothing[struct{}, struct{ Status string }]) },
		"another function":       func() { kit.Register(api, op("PUT", "/10"), nothing[struct{}, struct{ Body func() }]) },
		"a hidden parameter": func() {
			kit.Register(api, op("GET", "/11/{id}"), nothing[struct{ shared }, struct{}])
		},
		"a hidden part of a body": func() {
			kit.Register(api, op("PUT", "/12"), nothing[struct {
				Body struct {
					Items []struct{ named }
				}
			}, struct{}])
		},
		"a hidden part of a body, by pointer": func() {
			kit.Register(api, op("PUT", "/13"), nothing[struct{ Body *struct{ *named } }, struct{}])
		},
		"a hidden part of a form": func() {
			kit.Register(api, op("PUT", "/14"), nothing[struct {
				RawBody kit.Form[struct {
					A string `form:"a"`
					named
				}]
			}, struct{}])
		},
		"a hidden part of an answer": func() {
			kit.Register(api, op("GET", "/15"), nothing[struct{}, struct{ Body map[string]struct{ named } }])
		},
		"a parameter in small letters": func() {
			kit.Register(api, op("GET", "/16"), nothing[struct {
				limit int `query:"limit"`
			}, struct{}])
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it was taken")
				}
			}()
			register()
		})
	}
}

// TestWhatDescribesItselfIsTaken: times and files have fields of their own.
func TestWhatDescribesItselfIsTaken(t *testing.T) {
	t.Parallel()
	api := kit.New(kit.Options{}).NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
	kit.Register(api, op("PUT", "/1"), nothing[struct {
		Shared
		Body struct {
			At    time.Time       `json:"at"`
			Maybe *time.Time      `json:"maybe,omitempty"`
			Rest  json.RawMessage `json:"rest,omitempty"`
		}
	}, struct{ Body []person }])
	kit.Register(api, op("PUT", "/2"), nothing[upload, struct{}])
}

type shared struct {
	ID string `path:"id"`
}

type named struct {
	Name string `json:"name" form:"name"`
}

func nothing[I, O any](context.Context, *I) (*O, error) { return nil, nil }

type resolving struct{}

func (*resolving) Resolve(huma.Context) []error { return nil }
