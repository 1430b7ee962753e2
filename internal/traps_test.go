package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// traps are the mistakes this stack invites, each with the tests that fell into
// it before it was closed. A trap of the desk's own stands in web/desk.
var traps = []struct{ trap, dir, tests string }{
	{"strings of a request are reused after it", "surface/kit", "TestStringsOutliveTheRequest"},
	{"a request's context has no deadline", "surface/kit", "TestAHandlerHasADeadlineAnActorAndAnID"},
	{"any X-Forwarded-For is believed", "surface/kit", "TestAClientsWordAboutItsAddressIsNotBelieved"},
	{"any X-Forwarded-For is believed", "platform/config", "TestFaults"},
	{"no limits, a 404 that echoes the path, two lengths, two hosts", "surface/kit", "TestRefusals TestEveryLimitIsSet"},
	{"an error shows the inside, or is a 5xx for bad input", "app", "TestNoRequestBreaksTheServer"},
	{"a form fills a JSON struct", "surface/kit", "TestJSONIsReadStrictly TestParametersAreReadStrictly"},
	{"huma's deadline stays on a kept connection", "surface/kit", "TestAKeptConnectionOutlivesFiveSecondsOfSilence"},
	{"a stale update is no error", "domain/content", "TestAStaleSaveOverwritesNothing"},
	{"a stale update is no error", "domain/billing", "TestASlowSyncNeverCoversANewerState TestTwoWhoMakeTheSamePlan"},
	{"an empty condition matches every row", "domain/identity", "TestOnlyTheTokenOpensASession TestSpentExpiredAndForgedLinksAreOne TestOnlyTheWholeKeyResolves"},
	{"the queue does not see the transaction", "platform/db", "TestQueue"},
	{"a record outside of its transaction", "platform/journal", "TestARecordStandsInATransaction TestAReactionRunsInTheTransaction"},
	{"models and columns drift apart", "app", "TestModelsAndMigrationsAgree"},
	{"an event of another API version is refused", "platform/stripeapi", "TestAnEventIsReadFromItsRawBytes TestEveryRequestIsPinnedAndQuietAboutTheMachine"},
	{"events are believed, or come in an unlucky order", "domain/billing", "TestAccessRule TestAnyOrderOfEventsEndsInTheSameState"},
	{"a network call inside a transaction", "domain/billing", "TestNothingCallsStripeInsideATransaction"},
	{"a mail scanner opens the link", "domain/identity", "TestLookingDoesNotSpend TestACodeWorksInTheBrowserThatAsked"},
	{"a mail scanner opens the link", "surface/portal", "TestSigningInComesBack"},
	{"a cache serves a member's page", "surface/kit", "TestWhatDependsOnTheVisitorIsNeverShared"},
	{"a cache serves a member's page", "surface/portal", "TestCaches TestWhatIsKeptIsForStrangers"},
	{"access outlives its reason", "domain/identity", "TestSessionsEndAtTheNextRequest TestBumpAccessShowsAtTheNextRequest"},
	{"access outlives its reason", "surface/portal", "TestAccessEndsAtTheNextRequest"},
	{"access outlives its reason", "app", "TestASessionEndsEverywhereAtOnce TestWhatAFrontEndGetsForWhom"},
	{"a letter is sent twice or lost", "platform/mail", "TestTheSameLetterIsTheSameMessage TestATakenLetterIsNotSentAgain"},
	{"a letter is sent twice or lost", "app", "TestTwoNodesDoEachJobOnce TestKilledDuringWebhooksLosesNothing"},
	{"a schedule is lost or kept twice", "domain/content", "TestAScheduledNoteAppearsAtItsMoment TestOnceWithManyNodes"},
	{"what was acknowledged is lost", "app", "TestKilledWhilePublishingLosesNothing TestARequestInFlightIsAnswered"},
	{"footnotes below the cut are printed", "platform/markdown", "TestNothingFromBelowShowsAbove TestThePreviewDoesNotDependOnTheGatedText"},
	{"gated text leaves by another exit", "app", "TestNoHiddenWordReachesAnybodyWithoutAccess TestSearchIsNoOracle TestHiddenChangesAreInvisible"},
	{"bars start above zero", "platform/markdown/chart", "TestBarsStartAtZero TestTheAxisOfBarsHasZero"},
	{"the log tells who reads what", "app", "TestTheLogHoldsNoAddressWhoeverWroteIt"},
	{"the log tells who reads what", "surface/kit", "TestTheLogHoldsNoPersonalData"},
}

// TestEveryTrapHasItsTest: a test that is renamed or deleted is missed here.
func TestEveryTrapHasItsTest(t *testing.T) {
	t.Parallel()
	known := map[string]map[string]bool{}
	for _, x := range traps {
		if known[x.dir] == nil {
			known[x.dir] = testsOf(t, x.dir)
		}
		for name := range strings.FieldsSeq(x.tests) {
			if !known[x.dir][name] {
				t.Errorf("%s: there is no %s in %s", x.trap, name, x.dir)
			}
		}
	}
}

func testsOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				names[fn.Name.Name] = true
			}
		}
	}
	return names
}

// never is what no source of ours may say, and where it may all the same.
var never = []struct {
	what, why string
	pattern   *regexp.Regexp
	except    string
}{
	{"c.IP()", "it believes any header; use kit.ClientAddress", regexp.MustCompile(`\bc\.IPs?\(\)`), ""},
	{"BodyParser", "it lets a form fill a JSON struct", regexp.MustCompile(`\.BodyParser\(`), ""},
	{"Fiber's middleware", "it has a history of faults where it depends on who asks", regexp.MustCompile(`gofiber/fiber/v2/middleware`), ""},
	{"a mounted app", "Immutable works on the root app only", regexp.MustCompile(`\.Mount\("`), ""},
	{"PrepareStmt", "it hides the transaction that the queue needs", regexp.MustCompile(`PrepareStmt:\s*true`), ""},
	{"AutoMigrate", "migrations change the schema, nothing else", regexp.MustCompile(`\.AutoMigrate\(`), ""},
	{"ConstructEvent", "it refuses events of another API version", regexp.MustCompile(`webhook\.ConstructEvent\(`), ""},
	{"time.Now in a room", "rooms are given a clock, so that tests can move it", regexp.MustCompile(`\btime\.Now\(\)`), "^(platform/(clock|stripeapi|stripelocal)|surface|app)/"},
	{"init", "nothing happens by being imported", regexp.MustCompile(`(?m)^func init\(\)`), ""},
}

// TestWhatNoSourceMaySay reads every Go file that is not a test.
func TestWhatNoSourceMaySay(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, n := range never {
			if n.pattern.Match(source) && (n.except == "" || !regexp.MustCompile(n.except).MatchString(filepath.ToSlash(path))) {
				t.Errorf("%s has %s: %s", path, n.what, n.why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
