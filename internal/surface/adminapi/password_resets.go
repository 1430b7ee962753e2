package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/surface/kit"
)

type (
	askResetInput struct {
		Body struct {
			Email string `json:"email" maxLength:"254"`
		}
	}
	askedOutput struct {
		Body struct{}
	}
	openedReset struct {
		Body struct {
			Email     string    `json:"email"`
			ExpiresAt time.Time `json:"expires_at"`
		}
	}
	resetInput struct {
		Token string `path:"token" maxLength:"128"`
		Body  struct {
			Password string `json:"password" maxLength:"1024"`
		}
	}
)

func (s *service) passwordResets() {
	const tag = "Session"
	add(s, route{method: http.MethodPost, path: "/password-resets", id: "ask-password-reset", errors: []int{429}, tag: tag, status: http.StatusAccepted,
		summary: "Ask for a mail to choose another password", text: "The answer is the same whether somebody with this address works here or not."},
		func(ctx context.Context, in *askResetInput) (*askedOutput, error) {
			return &askedOutput{}, s.Identity.AskPasswordReset(ctx, in.Body.Email, kit.ClientAddress(kit.Ctx(ctx)))
		})
	add(s, route{method: http.MethodGet, path: "/password-resets/{token}", id: "look-password-reset", errors: []int{410}, tag: tag,
		summary: "Whose password a link would change", text: "Changes nothing, however often it is opened."},
		func(ctx context.Context, in *linkInput) (*openedReset, error) {
			var out openedReset
			var err error
			out.Body.Email, out.Body.ExpiresAt, err = s.Identity.LookReset(ctx, in.Token)
			return &out, err
		})
	add(s, route{method: http.MethodPut, path: "/password-resets/{token}", id: "reset-password", errors: []int{410}, tag: tag, status: http.StatusNoContent,
		summary: "Choose another password", text: "Works once, and ends all sessions. Sign in afterwards."},
		func(ctx context.Context, in *resetInput) (*None, error) {
			return &None{}, s.Identity.ResetPassword(ctx, in.Token, in.Body.Password)
		})
}
