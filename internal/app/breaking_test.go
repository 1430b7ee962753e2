package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// releasedDir holds the documents of the last release.
const releasedDir = documentsDir + "/released"

// TestNothingBreaksForClientsOfTheLastRelease compares the documents of today
// with those that were released last. A release keeps its own with make freeze.
func TestNothingBreaksForClientsOfTheLastRelease(t *testing.T) {
	t.Parallel()
	for name, api := range documented() {
		released, err := os.ReadFile(filepath.Join(releasedDir, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range must(breaking(released, must(documentOf(api)))) {
			t.Errorf("%s: %s. Within v1 an API only grows: see internal/surface/reference/guides/versions.md", name, change)
		}
	}
}

const small = `{"paths": {"/things": {
  "get": {"operationId": "list-things", "security": [{"key": []}, {"session": []}],
    "parameters": [
      {"in": "query", "name": "kind", "schema": {"type": "string", "enum": ["a", "b"], "maxLength": 9}},
      {"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}}],
    "responses": {"200": {"headers": {"ETag": {}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Things"}}}}, "404": {}}},
  "post": {"operationId": "make-thing",
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}},
    "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
"components": {"schemas": {
  "Things": {"type": "object", "required": ["things"], "properties": {"things": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, "next": {"type": "string"}}},
  "Thing": {"type": "object", "required": ["id", "state"], "properties": {
    "id": {"type": "string", "format": "uuid"}, "state": {"type": "string", "enum": ["on", "off"]}, "size": {"type": "integer"}, "within": {"$ref": "#/components/schemas/Thing"}}},
  "NewThing": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
    "name": {"type": "string", "minLength": 1}, "size": {"type": ["integer", "null"]}, "tags": {"type": "array", "maxItems": 5, "items": {"type": "string"}}, "free": {}}}
}}}`

// TestWhatBreaks holds each rule of the comparison by a change that breaks it,
// and by one beside it that does not.
func TestWhatBreaks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"an operation goes", `"post": {`, `"put": {`, "POST /things is gone"},
		{"a path goes", `"/things"`, `"/stuff"`, "GET /things is gone; POST /things is gone"},
		{"an operation is named otherwise", `"list-things"`, `"get-things"`, "GET /things: its operationId list-things is get-things now"},
		{"a way in goes", `{"key": []}, {"session": []}`, `{"key": []}`, `GET /things: "session" does not open it any more`},
		{"it opens to everybody", `{"key": []}, {"session": []}`, `{}`, ""},
		{"a parameter goes", `"name": "kind"`, `"name": "sort"`, "GET /things: the parameter query kind is gone"},
		{"a parameter is needed", `"name": "kind", `, `"name": "kind", "required": true, `, "GET /things: the parameter query kind is required now"},
		{"a new parameter", `"parameters": [`, `"parameters": [{"in": "query", "name": "sort", "schema": {}},`, ""},
		{"a new parameter that is needed", `"parameters": [`, `"parameters": [{"in": "query", "name": "sort", "required": true, "schema": {}},`, "GET /things: the new parameter query sort is required"},
		{"a value is not taken", `["a", "b"]`, `["a"]`, "GET /things, query kind: the value b is gone"},
		{"another value is taken", `["a", "b"]`, `["a", "b", "c"]`, ""},
		{"any value is taken", `"enum": ["a", "b"], `, ``, ""},
		{"some values are taken", `"name": {"type": "string", `, `"name": {"type": "string", "enum": ["x"], `, "NewThing (sent).name: only some values are taken now"},
		{"a limit is lower", `"maximum": 100`, `"maximum": 50`, "GET /things, query limit: maximum is 50 now"},
		{"a limit is higher", `"maximum": 100`, `"maximum": 500`, ""},
		{"a limit goes", `, "maxLength": 9`, ``, ""},
		{"there is a limit", `"minLength": 1`, `"minLength": 1, "maxLength": 3`, "NewThing (sent).name: maxLength is 3 now"},
		{"a least is higher", `"minimum": 1`, `"minimum": 2`, "GET /things, query limit: minimum is 2 now"},
		{"fewer may be sent", `"maxItems": 5`, `"maxItems": 4`, "NewThing (sent).tags: maxItems is 4 now"},
		{"there is a pattern", `"minLength": 1`, `"minLength": 1, "pattern": "^a"`, "NewThing (sent).name: its pattern  is ^a now"},
		{"another default", `"default": 20`, `"default": 10`, "GET /things, query limit: without it, 20 held, and now 10"},
		{"a type that is sent", `"limit", "schema": {"type": "integer"`, `"limit", "schema": {"type": "string"`, "GET /things, query limit: its type integer is string now"},
		{"a wider type that is sent", `"limit", "schema": {"type": "integer"`, `"limit", "schema": {"type": "number"`, ""},
		{"null is not taken", `["integer", "null"]`, `"integer"`, "NewThing (sent).size: its type [integer null] is integer now"},
		{"anything is not taken", `"free": {}`, `"free": {"type": "string"}`, "NewThing (sent).free: anything went, and now it is narrowed"},
		{"a body is needed", `"requestBody": {`, `"requestBody": {"required": true, `, "POST /things: a body is required now"},
		{"another kind of body", `"requestBody": {"content": {"application/json"`, `"requestBody": {"content": {"text/plain"`, "POST /things: a body of application/json is not taken any more"},
		{"a field that is sent goes", `, "free": {}`, ``, "NewThing (sent).free is gone"},
		{"a field must be sent", `"required": ["name"]`, `"required": ["name", "size"]`, "NewThing (sent).size is required now"},
		{"a new field must be sent", `"required": ["name"], "properties": {`, `"required": ["name", "colour"], "properties": {"colour": {"type": "string"}, `, "NewThing (sent).colour is new and required"},
		{"a new field may be sent", `"required": ["name"], "properties": {`, `"required": ["name"], "properties": {"colour": {"type": "string"}, `, ""},
		{"a field need not be sent", `"required": ["name"]`, `"required": []`, ""},
		{"an answer goes", `"201"`, `"202"`, "POST /things: it does not answer 201 any more"},
		{"a refusal goes", `, "404": {}`, ``, ""},
		{"a kind of answer goes", `"201": {"content": {"application/json"`, `"201": {"content": {"text/csv"`, "POST /things, 201: it does not answer with application/json any more"},
		{"a field of the header goes", `"ETag"`, `"X-Tag"`, "GET /things, 200: the field ETag is gone"},
		{"a field of the answer goes", `"size": {"type": "integer"}, "within"`, `"within"`, "Thing.size is gone"},
		{"a field of the answer may be missing", `["id", "state"]`, `["id"]`, "Thing.state may be missing now"},
		{"a field of the answer is always there", `["id", "state"]`, `["id", "state", "size"]`, ""},
		{"a new field of the answer", `"size": {"type": "integer"}, "within"`, `"size": {"type": "integer"}, "more": {"type": "string"}, "within"`, ""},
		{"a type of the answer", `"size": {"type": "integer"}`, `"size": {"type": "string"}`, "Thing.size: its type integer is string now"},
		{"null is answered", `"size": {"type": "integer"}`, `"size": {"type": ["integer", "null"]}`, "Thing.size: its type integer is [integer null] now"},
		{"a format of the answer goes", `, "format": "uuid"`, ``, "Thing.id: its format uuid is  now"},
		{"a value of the answer goes", `["on", "off"]`, `["on"]`, "Thing.state: the value off is gone"},
		{"a new value of the answer", `["on", "off"]`, `["on", "off", "gone"]`, ""},
		{"a list of another kind", `"items": {"$ref": "#/components/schemas/Thing"}`, `"items": {"type": "string"}`, "Things.things[]: its type object is string now"},
	} {
		if tt.old != "" && strings.Count(small, tt.old) != 1 {
			t.Errorf("%s: %q is there %d times", tt.name, tt.old, strings.Count(small, tt.old))
			continue
		}
		got := strings.Join(must(breaking([]byte(small), []byte(strings.Replace(small, tt.old, tt.new, min(1, len(tt.old)))))), "; ")
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}
