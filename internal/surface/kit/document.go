package kit

import (
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// Prepare adds to the document what no tag of a type says, such as examples.
// It runs once, when somebody first reads the document: most servers are never
// asked for it.
func (a *API) Prepare(f func(*huma.OpenAPI) error) { a.prepare = append(a.prepare, f) }

// Document is the OpenAPI document, finished. Nobody may change it.
func (a *API) Document() (*huma.OpenAPI, error) {
	a.finish.Do(func() {
		a.describing.Lock()
		defer a.describing.Unlock()
		for _, o := range a.undescribed {
			o.describe()
		}
		a.undescribed = nil
		for _, f := range a.prepare {
			if err := f(a.OpenAPI()); err != nil {
				a.unfinished = fmt.Errorf("the document of %s: %w", a.config.Info.Title, err)
				return
			}
		}
	})
	return a.OpenAPI(), a.unfinished
}

// sendDocument answers with the document: the same for everybody, kept small.
func (a *API) sendDocument(c *fiber.Ctx) error {
	a.pressing.Do(func() {
		doc, err := a.Document()
		if err != nil {
			a.unfinished = err
			return
		}
		var text []byte
		if text, a.unfinished = json.Marshal(doc); a.unfinished == nil {
			a.pressed = Press(fiber.MIMEApplicationJSON, text)
		}
	})
	if a.unfinished != nil {
		return a.unfinished
	}
	return a.pressed.Send(c)
}

// DocumentPath is where the document is served.
func (a *API) DocumentPath() string { return a.prefix + "/openapi.json" }
