package publication

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Rules are what the owner asks of people who sign in: everybody at the desk,
// and members.
type Rules struct {
	// FourEyes refuses that somebody approves what they wrote themselves.
	FourEyes bool `json:"four_eyes"`
	// RequireSecondFactor shuts out who signs in with a password alone.
	RequireSecondFactor bool `json:"require_second_factor"`
	// MemberSessions is on how many devices a member may be signed in at once; 0
	// on any number.
	MemberSessions int `json:"member_sessions"`
	// MemberPasswords lets members have a password beside links and passkeys.
	MemberPasswords bool `json:"member_passwords"`
	// SharingNetworks and SharingCopies are from how many networks, and after
	// how many PDF copies within a day, an account looks shared; 0 never.
	SharingNetworks int `json:"sharing_networks"`
	SharingCopies   int `json:"sharing_copies"`
	// SharedNotes is how many notes a member may share with colleagues in a month;
	// 0 for none. Each link lives ShareDays and opens in ShareOpenings browsers.
	SharedNotes   int `json:"shared_notes"`
	ShareOpenings int `json:"share_openings"`
	ShareDays     int `json:"share_days"`
}

// usualRules are in force until the owner says otherwise. Somebody who travels
// is in three or four networks on a day.
func usualRules() Rules {
	return Rules{SharingNetworks: 6, SharingCopies: 40, ShareOpenings: 3, ShareDays: 7}
}

// Validate lists every broken rule of the settings.
func (s Settings) Validate() error {
	var f fault.Fields
	s.Reach.check(&f)
	f.Check(s.MemberSessions >= 0 && s.MemberSessions <= maxMemberSessions, "/member_sessions", "out_of_range", "From 0 to 100.")
	f.Check(s.SharingNetworks == 0 || s.SharingNetworks >= 2 && s.SharingNetworks <= 100, "/sharing_networks", "out_of_range", "0 for never, or from 2 to 100.")
	f.Check(s.SharingCopies >= 0 && s.SharingCopies <= 1000, "/sharing_copies", "out_of_range", "0 for never, or up to 1,000.")
	f.Check(s.SharedNotes >= 0 && s.SharedNotes <= 100, "/shared_notes", "out_of_range", "From 0 to 100.")
	f.Check(s.ShareOpenings >= 1 && s.ShareOpenings <= 100, "/share_openings", "out_of_range", "From 1 to 100.")
	f.Check(s.ShareDays >= 1 && s.ShareDays <= 90, "/share_days", "out_of_range", "From 1 to 90.")
	return errors.Join(s.Profile.Validate(), f.Err())
}

// maxMemberSessions bounds what can be asked for: more is as good as any number.
const maxMemberSessions = 100

// Settings are everything the owner decides about the publication.
type Settings struct {
	Profile
	Rules
	Reach
}

// Rules returns the rules in force.
func (h *House) Rules(ctx context.Context) (Rules, error) {
	return h.rules.Get(ctx, "", h.loadRules)
}

func (h *House) loadRules(ctx context.Context) (r Rules, err error) {
	r = usualRules()
	raw, err := h.setting(ctx, "rules")
	if err != nil || raw == nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, fmt.Errorf("publication: rules: %w", err)
	}
	return r, nil
}

// Settings returns the settings as they stand in the database, and the version
// that Change wants back. Everybody at the desk may see them: it needs
// notes.read.
func (h *House) Settings(ctx context.Context) (s Settings, version string, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return s, "", err
	}
	return h.settings(ctx)
}

func (h *House) settings(ctx context.Context) (s Settings, version string, err error) {
	if s.Profile, err = h.load(ctx); err != nil {
		return s, "", err
	}
	if s.Rules, err = h.loadRules(ctx); err != nil {
		return s, "", err
	}
	if s.Reach, err = h.loadReach(ctx); err != nil {
		return s, "", err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return s, "", err
	}
	sum := sha256.Sum256(raw)
	return s, hex.EncodeToString(sum[:8]), nil
}

// Change lays changes over the settings. from is the version they were made
// from; empty asks for no check. It needs settings.write.
func (h *House) Change(ctx context.Context, from string, change func(*Settings)) (s Settings, version string, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return s, "", err
	}
	err = h.DB.Tx(ctx, func(ctx context.Context) error {
		if err := h.lockSettings(ctx); err != nil {
			return err
		}
		old, current, err := h.settings(ctx)
		if err != nil {
			return err
		}
		if from != "" && from != current {
			f := fault.New(fault.PreconditionFailed, "stale_version", "Somebody has changed the settings in the meantime.")
			f.Current = `"` + current + `"`
			return f
		}
		s = old
		change(&s)
		s.tidy()
		if err := s.Validate(); err != nil {
			return err
		}
		if err := h.put(ctx, s); err != nil {
			return err
		}
		if s, version, err = h.settings(ctx); err != nil || version == current {
			return err
		}
		return h.tell(ctx, old.Rules, s.Rules)
	})
	return s, version, err
}

// put writes all rows and drops every copy.
func (h *House) put(ctx context.Context, s Settings) error {
	s.draw()
	for name, value := range map[string]any{"profile": s.Profile, "rules": s.Rules, "reach": s.Reach} {
		raw, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if err := h.putSetting(ctx, name, raw); err != nil {
			return err
		}
	}
	if err := h.refer(ctx, s.Profile); err != nil {
		return err
	}
	return h.DB.Announce(ctx, TopicNews, "")
}

// tell journals a change. A rule that changed is named, because it decides
// what others may do.
func (h *House) tell(ctx context.Context, before, after Rules) error {
	if before != after {
		if err := h.Journal.Record(ctx, journal.Event{Verb: "publication.rules_changed", Subject: "publication", ID: "rules", Payload: after}); err != nil {
			return err
		}
	}
	return h.Journal.Record(ctx, journal.Event{Verb: "publication.changed", Subject: "publication", ID: "profile"})
}
