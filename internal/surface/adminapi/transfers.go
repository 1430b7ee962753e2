package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// maxImport is the largest upload of an import; what is larger is for the
// command line.
const maxImport = 64 << 20

// TransferCounts say how far a transfer is and what came of it.
type TransferCounts struct {
	Done      int64 `json:"done" example:"120" doc:"Entries that are through"`
	Total     int64 `json:"total" example:"480" doc:"Entries there are, as far as the file could be read"`
	Made      int64 `json:"made" example:"100" doc:"New here"`
	Updated   int64 `json:"updated" example:"4" doc:"Changed there since the last import"`
	Unchanged int64 `json:"unchanged" example:"10" doc:"The same as at the last import"`
	Skipped   int64 `json:"skipped" example:"3" doc:"Not taken, though nothing is wrong with them"`
	Conflicts int64 `json:"conflicts" example:"2" doc:"Changed here and there; left as they are here"`
	Failed    int64 `json:"failed" example:"1"`
	Warned    int64 `json:"warned" example:"12" doc:"Entries of which the report says something"`
}

// ImportOptions say how an import is meant.
type ImportOptions struct {
	Gate               string            `json:"gate,omitempty" enum:"public,members,paid" doc:"For texts of systems that do not know gates"`
	MoreIsPaywall      bool              `json:"more_is_paywall,omitempty" doc:"WordPress: the more tag divides what everybody may read from the rest"`
	Tiers              map[string]string `json:"tiers,omitempty" doc:"Ghost: slugs of tiers, and of the plans that stand for them"`
	Drafts             bool              `json:"drafts,omitempty" doc:"Publish nothing"`
	Overwrite          bool              `json:"overwrite,omitempty" doc:"Write over what was changed here, too"`
	Complimentary      string            `json:"complimentary,omitempty" example:"reader" doc:"The plan given to who read without paying there; * for every plan"`
	ComplimentaryUntil *time.Time        `json:"complimentary_until,omitempty" doc:"Needed with complimentary"`
	Only               string            `json:"only,omitempty" enum:"notes,members" doc:"Where a file has both"`
	PicturesFrom       string            `json:"pictures_from,omitempty" example:"https://www.example.com" doc:"Ghost, WordPress, Substack: the address of the site that has the pictures which the file does not hold. They are fetched from there, and from nowhere else; left out, none is fetched. A dry run fetches nothing and says how many there are"`
}

// Transfer is an import or an export.
type Transfer struct {
	ID         string          `json:"id" format:"uuid"`
	Source     string          `json:"source" enum:"ghost,wordpress,substack,markdown,members,notes" doc:"Where it comes from, or what is exported"`
	Filename   string          `json:"filename,omitempty" example:"export.json"`
	Options    *ImportOptions  `json:"options,omitempty" doc:"How an import is meant"`
	DryRun     bool            `json:"dry_run" doc:"Nothing is written but the report"`
	State      string          `json:"state" enum:"waiting,running,done,failed,canceled"`
	Message    string          `json:"message,omitempty" doc:"Why it failed"`
	Counts     TransferCounts  `json:"counts" doc:"How far it is, and what came of it"`
	Runnable   bool            `json:"runnable" doc:"A dry run whose file is still kept, so that it can be run for real"`
	Result     *TransferResult `json:"result,omitempty" doc:"Of an export that is done"`
	StartedBy  string          `json:"started_by,omitempty" example:"Olga Berg" doc:"The name of who started it"`
	CreatedAt  time.Time       `json:"created_at"`
	StartedAt  *time.Time      `json:"started_at,omitempty" doc:"When the job took it up"`
	FinishedAt *time.Time      `json:"finished_at,omitempty" doc:"When it ended"`
}

// TransferResult is the file that an export made.
type TransferResult struct {
	Filename  string    `json:"filename" example:"notes-2026-11-29.zip"`
	Bytes     int64     `json:"bytes" example:"1048576"`
	URL       string    `json:"url" doc:"Where it can be fetched with the same rights"`
	ExpiresAt time.Time `json:"expires_at"`
}

// ReportLine is what became of an entry.
type ReportLine struct {
	Number   int64    `json:"number" example:"17"`
	Place    string   `json:"place" example:"posts[16]" doc:"In the file"`
	Kind     string   `json:"kind" enum:"note,member,issue,picture,file"`
	Title    string   `json:"title,omitempty" doc:"Of a note; members are not named"`
	Outcome  string   `json:"outcome" enum:"made,updated,unchanged,skipped,conflict,failed"`
	Messages []string `json:"messages" doc:"What is to be said of the entry"`
	Subject  string   `json:"subject,omitempty" format:"uuid" doc:"The note or member here"`
}

type (
	// TransferID is the id in a path.
	TransferID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	transferOutput struct{ Body Transfer }
	transfersInput struct {
		Cursor string `query:"cursor" maxLength:"36"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	transfersOutput struct {
		Body struct {
			Transfers []Transfer `json:"transfers" doc:"One page of them"`
			Next      string     `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
	importInput struct {
		RawBody kit.Form[struct {
			File    huma.FormFile `form:"file" required:"true" doc:"Ghost: the JSON, or a zip with it and content/images. WordPress: the XML, or a zip with it and wp-content/uploads. Substack: the zip. Markdown: a zip of the folder. Members: a CSV. At most 64 MB; the command line takes more"`
			Members huma.FormFile `form:"members" required:"false" doc:"Ghost: the CSV with the members"`
			Source  string        `form:"source" required:"true" doc:"ghost, wordpress, substack, markdown or members"`
			DryRun  string        `form:"dry_run" required:"false" doc:"true: write nothing but the report"`
			Options string        `form:"options" required:"false" doc:"A JSON object of ImportOptions, as an import shows them"`
		}]
	}
	exportInput struct {
		Body struct {
			What string `json:"what" enum:"notes,members" doc:"notes: a zip of Markdown with pictures and files; members: a CSV"`
		}
	}
	reportInput struct {
		TransferID
		Outcome string `query:"outcome" enum:"made,updated,unchanged,skipped,conflict,failed"`
		Said    bool   `query:"said" doc:"Only lines that say something"`
		After   int64  `query:"after" minimum:"0" doc:"The number of the last line seen"`
		Limit   int    `query:"limit" default:"100" minimum:"1" maximum:"500"`
	}
	reportOutput struct {
		Body struct {
			Lines []ReportLine `json:"lines"`
			Next  int64        `json:"next,omitempty" doc:"Send it as after to get the following page"`
		}
	}
)

func (s *service) transfers() {
	const tag = "Imports and exports"
	add(s, route{method: http.MethodGet, path: "/imports", id: "list-imports", tag: tag, need: actor.OperationsWrite,
		summary: "List imports", text: "Newest first."}, s.listTransfers(porter.Import))
	add(s, route{method: http.MethodPost, path: "/imports", id: "start-import", apart: true, tag: tag, need: actor.OperationsWrite, status: http.StatusAccepted, body: maxImport + 1<<20,
		summary: "Start an import", text: "As a job. Beside operations.write it takes the right to change members, and for all but a list of members those to publish, to write topics and media and to change settings; a key with the scopes admin.write or all of these has them. Importing the same again makes no doubles: what changed there and not here is updated. No mail is sent to members. One import or export goes at a time."}, s.startImport)
	add(s, route{method: http.MethodGet, path: "/imports/{id}", id: "get-import", tag: tag, need: actor.OperationsWrite,
		summary: "Get an import with its progress", text: "Ask every second or so while it is under way."}, s.getTransfer(porter.Import))
	add(s, route{method: http.MethodGet, path: "/imports/{id}/report", id: "get-import-report", tag: tag, need: actor.OperationsWrite,
		summary: "Get the report of an import", text: "One line for each entry, in the order of the file. It is kept for 90 days."}, s.importReport)
	add(s, route{method: http.MethodGet, path: "/imports/{id}/report.csv", id: "export-import-report", replies: inTable(), tag: tag, need: actor.OperationsWrite,
		summary: "Get the whole report as CSV", text: "One line for each entry, for a spreadsheet."}, s.importReportFile)
	add(s, route{method: http.MethodPost, path: "/imports/{id}/run", id: "run-import", tag: tag, need: actor.OperationsWrite, status: http.StatusAccepted,
		summary: "Run a dry run for real", text: "Its file is kept for a day."}, func(ctx context.Context, in *TransferID) (*transferOutput, error) {
		return s.transferAnswer(s.Porter.Again(ctx, in.ID))
	})
	add(s, route{method: http.MethodPost, path: "/imports/{id}/cancel", id: "cancel-import", tag: tag, need: actor.OperationsWrite,
		summary: "Cancel an import", text: "It stops behind the entry it is at. What was imported stays."}, s.cancelTransfer(porter.Import))

	add(s, route{method: http.MethodGet, path: "/exports", id: "list-exports", tag: tag, need: actor.OperationsWrite,
		summary: "List exports", text: "Newest first."}, s.listTransfers(porter.Export))
	add(s, route{method: http.MethodPost, path: "/exports", id: "start-export", tag: tag, need: actor.OperationsWrite, status: http.StatusAccepted,
		summary: "Start an export", text: "As a job. Its file is kept for a day. Beside operations.write it takes the right to see what goes out: notes, or members."}, func(ctx context.Context, in *exportInput) (*transferOutput, error) {
		return s.transferAnswer(s.Porter.StartExport(ctx, in.Body.What))
	})
	add(s, route{method: http.MethodGet, path: "/exports/{id}", id: "get-export", tag: tag, need: actor.OperationsWrite,
		summary: "Get an export with its progress", text: "Once it is done it says where its file is."}, s.getTransfer(porter.Export))
	add(s, route{method: http.MethodGet, path: "/exports/{id}/file", id: "get-export-file", errors: []int{410}, replies: inFile("The file", "application/zip", "text/csv"), tag: tag, need: actor.OperationsWrite,
		summary: "Get the file of an export", text: "It takes the right to see what is in it: notes, or members."}, s.exportFile)
	add(s, route{method: http.MethodPost, path: "/exports/{id}/cancel", id: "cancel-export", tag: tag, need: actor.OperationsWrite,
		summary: "Cancel an export", text: "Nothing of it is kept."}, s.cancelTransfer(porter.Export))
}

func (s *service) startImport(ctx context.Context, in *importInput) (*transferOutput, error) {
	form := &in.RawBody.Fields
	defer func() { _ = form.File.Close() }()
	dry, err := dryRun(form.DryRun)
	if err != nil {
		return nil, err
	}
	start := porter.StartImport{
		Source: form.Source, DryRun: dry,
		File: &porter.Upload{Filename: form.File.Filename, Body: form.File, Size: form.File.Size},
	}
	if form.Members.IsSet {
		defer func() { _ = form.Members.Close() }()
		start.Members = &porter.Upload{Filename: form.Members.Filename, Body: form.Members, Size: form.Members.Size}
	}
	options, err := importOptions(form.Options)
	if err != nil {
		return nil, err
	}
	start.Options = options
	return s.transferAnswer(s.Porter.StartImport(ctx, start))
}

// dryRun reads the word strictly: whoever meant "True" would otherwise have
// written everything.
func dryRun(text string) (bool, error) {
	var f fault.Fields
	f.Check(text == "" || text == "true" || text == "false", "/dry_run", "unknown", "true or false.")
	return text == "true", f.Err()
}

// importOptions reads the options, strictly: a slip of the pen would otherwise
// be no option at all.
func importOptions(text string) (out porter.Options, err error) {
	if text == "" {
		return out, nil
	}
	var o ImportOptions
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&o); err != nil || dec.More() || strings.Contains(text, "\\u0000") {
		var f fault.Fields
		f.Add("/options", "not_understood", "A JSON object of the options that there are.")
		return out, f.Err()
	}
	return porter.Options(o), nil
}
