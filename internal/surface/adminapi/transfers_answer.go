package adminapi

import (
	"context"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/kit"
)

func (s *service) listTransfers(k porter.Kind) func(context.Context, *transfersInput) (*transfersOutput, error) {
	return func(ctx context.Context, in *transfersInput) (*transfersOutput, error) {
		before, err := belowID(in.Cursor)
		if err != nil {
			return nil, err
		}
		page, more, err := s.Porter.Transfers(ctx, k, before, in.Limit)
		if err != nil {
			return nil, err
		}
		var out transfersOutput
		out.Body.Transfers = make([]Transfer, len(page))
		for i, t := range page {
			out.Body.Transfers[i] = transferOf(t)
			if more {
				out.Body.Next = t.ID.String()
			}
		}
		return &out, nil
	}
}

func (s *service) getTransfer(k porter.Kind) func(context.Context, *TransferID) (*transferOutput, error) {
	return func(ctx context.Context, in *TransferID) (*transferOutput, error) {
		return s.transferAnswer(s.Porter.Transfer(ctx, k, in.ID))
	}
}

func (s *service) cancelTransfer(k porter.Kind) func(context.Context, *TransferID) (*transferOutput, error) {
	return func(ctx context.Context, in *TransferID) (*transferOutput, error) {
		return s.transferAnswer(s.Porter.Cancel(ctx, k, in.ID))
	}
}

func (s *service) transferAnswer(t *porter.Transfer, err error) (*transferOutput, error) {
	if err != nil {
		return nil, err
	}
	return &transferOutput{transferOf(t)}, nil
}

func transferOf(t *porter.Transfer) Transfer {
	out := Transfer{
		ID: t.ID.String(), Source: t.Source, Filename: t.Filename, DryRun: t.DryRun, State: string(t.State), Message: t.Message,
		Counts: TransferCounts(t.Counts), Runnable: t.DryRun && t.State == porter.Done && t.FileKey != "", StartedBy: t.CreatedByName,
		CreatedAt: t.CreatedAt, StartedAt: t.StartedAt, FinishedAt: t.FinishedAt,
	}
	if t.Kind == porter.Import {
		o := ImportOptions(t.Options)
		out.Options = &o
	}
	if t.ResultKey != "" && t.ExpiresAt != nil && t.State == porter.Done {
		out.Result = &TransferResult{
			Filename: t.ResultName, Bytes: t.ResultBytes, URL: Prefix + "/exports/" + t.ID.String() + "/file", ExpiresAt: *t.ExpiresAt,
		}
	}
	return out
}

func (s *service) importReport(ctx context.Context, in *reportInput) (*reportOutput, error) {
	page, more, err := s.Porter.Lines(ctx, in.ID, in.After, porter.Outcome(in.Outcome), in.Said, in.Limit)
	if err != nil {
		return nil, err
	}
	var out reportOutput
	out.Body.Lines = make([]ReportLine, len(page))
	for i, l := range page {
		out.Body.Lines[i] = ReportLine{Number: l.Number, Place: l.Place, Kind: l.Kind, Title: l.Title, Outcome: string(l.Outcome), Messages: l.Messages, Subject: subjectOf(l)}
		if more {
			out.Body.Next = l.Number
		}
	}
	return &out, nil
}

func subjectOf(l *porter.Line) string {
	if l.SubjectID == nil || *l.SubjectID == uuid.Nil {
		return ""
	}
	return l.SubjectID.String()
}

func (s *service) importReportFile(ctx context.Context, in *TransferID) (*huma.StreamResponse, error) {
	lines, err := s.Porter.Report(detached(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		for l, err := range lines {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield([]string{strconv.FormatInt(l.Number, 10), l.Place, l.Kind, l.Title, string(l.Outcome), strings.Join(l.Messages, "; "), subjectOf(l)}, nil) {
				return
			}
		}
	}
	return csvAnswer("import-report.csv", []string{"number", "place", "kind", "title", "outcome", "messages", "subject"}, rows), nil
}

func (s *service) exportFile(ctx context.Context, in *TransferID) (*huma.StreamResponse, error) {
	t, f, err := s.Porter.Download(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	kind := "text/csv; charset=utf-8"
	if t.Source == porter.Notes {
		kind = "application/zip"
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", kind)
		hc.SetHeader("Content-Disposition", kit.Disposition("attachment", t.ResultName))
		kit.Ctx(hc.Context()).Context().SetBodyStream(closing{f}, int(t.ResultBytes)) // the server closes it
	}}, nil
}

// closing hides what else a file can do: the server reads it once.
type closing struct{ io.ReadCloser }
