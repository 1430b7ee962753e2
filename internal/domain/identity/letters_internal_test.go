package identity

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/lettertest"
)

// TestLettersReadWell compares each letter of this room with how it is drawn.
func TestLettersReadWell(t *testing.T) {
	t.Parallel()
	keys, err := deriveSecrets([]byte("a secret key for tests, 32 bytes or more"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{
		secrets: keys, baseURL: "https://portal.example",
		signInURL: func(_, token string) string { return "https://portal.example/sign-in/link/" + token },
	}
	for name, l := range s.everyLetter("") {
		lettertest.Golden(t, name, l)
	}
	for name, l := range s.everyLetter("de") {
		if l.Language == "de" { // those to staff are in English, as the desk is
			lettertest.Golden(t, name+".de", l)
		}
	}
}

// everyLetter writes each kind of letter to Ada.
func (s *Service) everyLetter(language string) map[string]mail.Letter {
	at := time.Date(2026, 4, 30, 10, 0, 0, 0, time.UTC)
	id := uuid.MustParse("01940000-0000-7000-8000-000000000001")
	brand := lettertest.Brand().In(language)
	ada := Member{ID: id, Name: "Ada Lind", EmailGiven: "Ada@reader.example"}
	olga := Staff{ID: id, Name: "Olga Brandt", EmailGiven: "olga@coldside.example"}
	token := SignInToken{ID: id, EmailGiven: ada.EmailGiven, Surface: "portal", ExpiresAt: at}
	asks := token
	asks.Surface = confirmSurface
	change := EmailChange{ID: id, MemberID: id, EmailGiven: "ada@new.example", OldGiven: ada.EmailGiven, ExpiresAt: at, DoneAt: &at}
	out := map[string]mail.Letter{
		"sign_in":            s.signInLetter(token, brand),
		"confirm":            s.signInLetter(asks, brand),
		"email_change":       s.emailChangeLetter(change, ada, false, brand),
		"email_change_taken": s.emailChangeLetter(change, ada, true, brand),
		"email_changed":      s.emailChangedLetter(change, brand),
		"leaving":            s.leavingLetter(Leaving{MemberID: id, AskedAt: at, DueAt: at.AddDate(0, 0, 7)}, ada, brand),
		"sharing":            s.sharingLetter(SharingAlert{ID: id, MemberID: id, At: at, Networks: 7, Copies: 41}, ada, olga, brand),
		"invitation": s.invitationLetter(InvitationView{
			Invitation: Invitation{ID: id, EmailGiven: "edda@coldside.example", Sends: 1, ExpiresAt: at}, Position: builtIn(Editor), Inviter: "Olga Brandt",
		}, brand),
		"password_reset": s.resetLetter(PasswordReset{ID: id, ExpiresAt: at}, olga, brand),
	}
	for _, n := range []MemberNotice{passkeyAdded, passkeyRemoved, passwordSet, passwordChanged, passwordRemoved, feedMade, tokenMade} {
		out["member_"+string(n)] = s.memberNotice(SendMemberNotice{ID: id, Member: id, Notice: n, At: at}, ada, brand)
	}
	for _, n := range []Notice{noticePassword, noticeAdded, noticeRemoved, noticeRecovery} {
		out["staff_"+string(n)] = s.noticeLetter(SendNotice{ID: id, Staff: id, Notice: n, At: at}, olga, brand)
	}
	return out
}
