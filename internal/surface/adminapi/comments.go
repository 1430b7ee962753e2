package adminapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

func (s *service) comments() {
	const tag = "Comments"
	add(s, route{method: http.MethodGet, path: "/notes/{id}/comments", id: "list-comments", tag: tag, need: actor.NotesRead,
		summary: "List what is said about a note", text: "Threads, oldest first, each with its replies. Readers never see them."}, s.listThreads)
	add(s, route{method: http.MethodPost, path: "/notes/{id}/comments", id: "comment", tag: tag, need: actor.NotesRead, status: http.StatusCreated,
		summary: "Comment on a passage or the whole note", text: "Whoever may read notes at the desk may; a key needs the scope admin.write. Who wrote the text and who is mentioned is told."}, s.comment)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/comments/{comment}", id: "get-comment", tag: tag, need: actor.NotesRead,
		summary: "Get the thread a comment stands in"}, func(ctx context.Context, in *CommentID) (*commentOutput, error) {
		return said(ctx)(s.Desk.Thread(ctx, in.ID, in.Comment))
	})
	add(s, route{method: http.MethodPatch, path: "/notes/{id}/comments/{comment}", id: "edit-comment", tag: tag, need: actor.NotesRead,
		summary: "Change the words of your own comment", text: "Needs If-Match. Who is mentioned for the first time is told."}, s.editComment)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/comments/{comment}", id: "delete-comment", tag: tag, need: actor.NotesRead, status: http.StatusNoContent,
		summary: "Delete your own comment", text: "Its words are gone; replies of others stay. A thread in which nothing is left disappears."}, s.deleteComment)
	add(s, route{method: http.MethodPost, path: "/notes/{id}/comments/{comment}/replies", id: "reply-to-comment", tag: tag, need: actor.NotesRead, status: http.StatusCreated,
		summary: "Reply in a thread", text: "Opens a resolved thread again. Who takes part in it is told."}, s.reply)
	add(s, route{method: http.MethodPut, path: "/notes/{id}/comments/{comment}/resolution", id: "resolve-thread", tag: tag, need: actor.NotesRead,
		summary: "Resolve a thread", text: "By its first comment."}, s.settle((*content.Desk).Resolve))
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/comments/{comment}/resolution", id: "reopen-thread", tag: tag, need: actor.NotesRead,
		summary: "Open a thread again"}, s.settle((*content.Desk).Reopen))
	add(s, route{method: http.MethodPut, path: "/notes/{id}/anchors", id: "move-anchors", tag: tag, need: actor.NotesWrite, status: http.StatusNoContent,
		summary: "Say where the passages of threads stand now", text: "After the text was saved. Needs If-Match with the ETag of the note: found in another text, an anchor would be wrong."}, s.reanchor)
}

// said makes the answer of a verb, as whoever acts sees it.
func said(ctx context.Context) func(*content.Comment, error) (*commentOutput, error) {
	return func(c *content.Comment, err error) (*commentOutput, error) {
		if err != nil {
			return nil, err
		}
		return &commentOutput{ETag: c.ETag(), Body: commentOf(c, own(ctx))}, nil
	}
}

func own(ctx context.Context) func(*content.Comment) bool {
	who := actor.From(ctx)
	return func(c *content.Comment) bool { return c.Own(who) && c.DeletedAt == nil }
}

func (s *service) listThreads(ctx context.Context, in *threadsInput) (*threadsOutput, error) {
	state := content.ThreadState(in.State)
	if in.State == "any" {
		state = ""
	}
	list, next, err := s.Desk.Threads(ctx, in.ID, state, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	var out threadsOutput
	out.Body.Next, out.Body.Threads = next, make([]Comment, len(list))
	for i, c := range list {
		out.Body.Threads[i] = commentOf(c, own(ctx))
	}
	return &out, nil
}

func (s *service) comment(ctx context.Context, in *commentInput) (*commentOutput, error) {
	what := content.Remark{Body: in.Body.Body, Mentions: in.Body.Mentions, Anchor: in.Body.Anchor.domain()}
	return s.utter(ctx, in.ID, in.Key, in.Body, func(ctx context.Context) (*content.Comment, error) { return s.Desk.Comment(ctx, in.ID, what) })
}

func (s *service) reply(ctx context.Context, in *replyInput) (*commentOutput, error) {
	what := content.Remark{Body: in.Body.Body, Mentions: in.Body.Mentions}
	body := []any{in.Comment, in.Body}
	return s.utter(ctx, in.ID, in.Key, body, func(ctx context.Context) (*content.Comment, error) { return s.Desk.Reply(ctx, in.ID, in.Comment, what) })
}

// utter says something, once for each key.
func (s *service) utter(ctx context.Context, note uuid.UUID, key string, body any, do func(context.Context) (*content.Comment, error)) (*commentOutput, error) {
	if key == "" {
		return s.uttered(ctx, note)(do(ctx))
	}
	id, again, err := s.createOnce(ctx, "comment "+note.String()+" "+actor.From(ctx).ID.String(), key, body, func(ctx context.Context) (uuid.UUID, error) {
		c, err := do(ctx)
		if err != nil {
			return uuid.Nil, err
		}
		return c.ID, nil
	})
	if err != nil {
		return nil, err
	}
	out, err := s.uttered(ctx, note)(s.Desk.Said(ctx, note, id))
	if err == nil && again {
		out.Replayed = "true"
	}
	return out, err
}

func (s *service) uttered(ctx context.Context, note uuid.UUID) func(*content.Comment, error) (*commentOutput, error) {
	return func(c *content.Comment, err error) (*commentOutput, error) {
		out, err := said(ctx)(c, err)
		if err == nil {
			out.Location = Prefix + "/notes/" + note.String() + "/comments/" + out.Body.ID
		}
		return out, err
	}
}

func (s *service) editComment(ctx context.Context, in *editCommentInput) (*commentOutput, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return said(ctx)(s.Desk.Edit(ctx, in.ID, in.Comment, from, content.Remark{Body: in.Body.Body, Mentions: in.Body.Mentions}))
}

func (s *service) deleteComment(ctx context.Context, in *commentVerb) (*None, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return &None{}, s.Desk.Delete(ctx, in.ID, in.Comment, from)
}

func (s *service) settle(do func(*content.Desk, context.Context, uuid.UUID, uuid.UUID, int64) (*content.Comment, error)) func(context.Context, *commentVerb) (*commentOutput, error) {
	return func(ctx context.Context, in *commentVerb) (*commentOutput, error) {
		from, err := ifSent(in.IfMatch)
		if err != nil {
			return nil, err
		}
		return said(ctx)(do(s.Desk, ctx, in.ID, in.Comment, from))
	}
}

func (s *service) reanchor(ctx context.Context, in *reanchorInput) (*None, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	moves := make([]content.Reanchored, len(in.Body.Anchors))
	for i, m := range in.Body.Anchors {
		moves[i] = content.Reanchored{Thread: m.Thread, Anchor: m.Anchor.domain()}
	}
	return &None{}, s.Desk.Reanchor(ctx, in.ID, from, moves)
}
