package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// Register adds the portal's addresses to the server.
func (p *Portal) Register(s *kit.Server) {
	who := kit.Cookie(p.Jar, kit.MemberCookie, p.Members)
	r := &routes{
		app: s.App, reading: []kit.Step{p.varies, who, p.spoken}, writing: []kit.Step{kit.SameOrigin(), who, p.spoken, private},
		data: []kit.Step{who, p.spoken},
	}

	if p.Theme != "" && p.FollowTheme {
		s.App.Use(p.followTheme)
	}
	s.App.Use(p.followRedirects, kit.Steps(p.spoken))

	r.get("/", p.home)
	r.get("/archive", p.archive)
	r.get("/archive/:month", p.month)
	r.get("/issues", p.issues)
	r.get("/issues/:series/:month", p.issue)
	r.get("/series/:slug", p.series)
	r.get("/topics", p.topics)
	r.get("/topics/:slug", p.topic)
	r.get("/authors", p.authors)
	r.get("/authors/:slug", p.author)
	r.get("/notes/:slug", p.shelved(p.note))
	r.get("/notes/:slug/v/:version", p.shelved(p.note))
	r.app.Get("/notes/:slug/card.png", p.shareCard)
	r.get("/notes/:slug/v/:version/changes", p.changes)
	r.app.Get("/notes/:slug/figures/:figure.csv", kit.After(r.data, p.figureFile))
	r.app.Get("/notes/:slug/v/:version/figures/:figure.csv", kit.After(r.data, p.figureFile))
	r.get("/notes/:slug/copy.pdf", limited(p.doors.copies, p.noteCopy))
	r.get("/notes/:slug/v/:version/copy.pdf", limited(p.doors.copies, p.noteCopy))
	r.app.Get("/preview/:token", kit.After([]kit.Step{private}, p.preview)) // who is signed in does not matter there
	r.get("/search", limited(p.doors.search, p.search))
	r.get("/pages/:slug", p.ownPage)
	r.get("/contact", p.contactForm)
	r.post("/contact", limited(p.doors.letters, p.contact))
	r.get("/contact/thanks", p.contactThanks)
	r.post("/ask-access", limited(p.doors.letters, p.askAccess))

	r.get("/plans", p.plans)
	r.get("/plans/:slug", p.planAlone)
	r.get("/offer/:code", p.offer)
	r.get("/checkout", p.checkoutForm)
	r.post("/checkout", p.checkout)
	r.get("/checkout/return", p.checkoutReturn)

	r.get("/buy", p.buyForm)
	r.post("/buy", p.buy)
	r.get("/buy/return", p.buyReturn)
	r.get("/gift", p.giftForm)
	r.post("/gift", p.gift)
	r.get("/gift/return", p.giftReturn)
	r.get("/redeem", p.redeemForm)
	r.post("/redeem", p.redeem)

	r.get("/quote", p.quoteForm)
	r.post("/quote", limited(p.doors.letters, p.askQuote))
	r.get("/order/:token", p.order)
	r.post("/order/:token", p.acceptOrder)
	r.post("/order/:token/decline", p.declineOrder)

	r.get("/sign-in", p.signInForm)
	r.post("/sign-in", p.signIn)
	r.get("/sign-in/code", p.codeForm)
	r.post("/sign-in/code", p.spendCode)
	r.get("/sign-in/link/:token", p.linkForm)
	r.post("/sign-in/link/:token", p.spendLink)
	r.post("/sign-in/passkey/question", p.askKey)
	r.post("/sign-in/passkey", p.spendKey)
	r.post("/sign-in/password", p.spendPassword)
	r.get("/mail/stop/:token", p.stopForm)
	r.post("/mail/stop/:token", p.stopMails)
	r.post("/sign-out", p.signOut)
	r.get("/setup/:token", p.setupForm)
	r.post("/setup/:token", p.setup)

	r.own("/account", p.account)
	r.own("/account/bills", p.bills)
	r.own("/account/cancel", p.cancelForm)
	r.own("/account/change", p.changeForm)
	r.own("/account/change/preview", p.previewChange)
	r.own("/account/pause", p.pauseForm)
	r.change("/account/name", p.rename)
	r.change("/account/mails", p.chooseMails)
	r.change("/account/language", p.chooseLanguage)
	r.change("/account/passkeys/question", p.askNewKey)
	r.change("/account/passkeys", p.addKey)
	r.change("/account/passkeys/name", p.renameKey)
	r.change("/account/passkeys/remove", p.removeKey)
	r.change("/account/passkeys/no", p.closeCard)
	r.change("/account/password", p.setPassword)
	r.change("/account/password/remove", p.removePassword)
	r.own("/account/tokens", p.tokens)
	r.change("/account/tokens", p.makeToken)
	r.change("/account/tokens/revoke", p.revokeToken)
	r.own("/account/confirm", p.confirmForm)
	r.change("/account/confirm", p.askConfirm)
	r.change("/account/confirm/code", p.confirm)
	r.own("/account/data", p.data)
	r.own("/account/leave", p.leaveForm)
	r.change("/account/leave", p.leave)
	r.change("/account/keep-account", p.stopLeaving)
	r.get("/account/leave/:token", p.stayForm)
	r.post("/account/leave/:token", p.keepAccount)
	r.change("/account/email", p.askEmail)
	r.get("/account/email/:token", p.emailForm)
	r.post("/account/email/:token", p.confirmEmail)
	r.change("/account/billing", p.openBilling)
	r.change("/account/cancel", p.cancel)
	r.change("/account/change", p.change)
	r.change("/account/keep", p.resume)
	r.change("/account/pause", p.pause)
	r.change("/account/stay", p.stay)
	r.change("/account/sessions/end", p.endSession)
	r.change("/account/sessions/end-all", p.endSessions)

	r.mine("/saved", p.saved)
	r.mine("/history", p.history)
	r.get("/notes/:slug/share", p.shareForm)
	r.get("/shared/:token", p.shared)
	r.post("/shared/:token", p.openShared)
	own := func(path string, h fiber.Handler) { r.post(path, p.ours(limited(p.doors.own, h))) }
	own("/notes/:slug/save", p.saveNote)
	own("/notes/:slug/unsave", p.unsaveNote)
	own("/notes/:slug/place", p.place)
	own("/notes/:slug/share", p.shareNote)
	own("/saved/remove", p.removeSaved)
	own("/saved/move", p.moveSaved)
	own("/saved/folders", p.addFolder)
	own("/saved/folders/rename", p.renameFolder)
	own("/saved/folders/delete", p.dropFolder)
	own("/history/remove", p.removeRead)
	own("/history/clear", p.clearHistory)
	own("/follow", p.follow)
	own("/unfollow", p.unfollow)
	own("/account/memory", p.memory)
	own("/account/feed", p.makeFeed)
	own("/account/feed/revoke", p.revokeFeed)
	own("/account/shares/revoke", p.revokeShare)

	p.feedRoutes(r)
	r.file("/sitemap.xml", limited(p.doors.feeds, p.sitemap))
	r.file("/sitemap/:part", limited(p.doors.feeds, p.sitemapPart))
	r.file("/robots.txt", p.robots)
	r.file("/llms.txt", limited(p.doors.feeds, p.llms))
	r.file("/favicon.svg", p.icon("icons/favicon.svg"))
	r.file("/favicon.ico", p.icon("icons/favicon.ico"))
	r.file("/apple-touch-icon.png", p.icon("icons/apple-touch-icon.png"))
	r.file("/colours.css", p.colours)
	r.file("/static/*", p.static)
}

// routes adds handlers with what each needs before it: pages know who asks,
// forms also where they come from, files neither. None is inlined: there are
// some 150 calls, each made once.
type routes struct {
	app                    *fiber.App
	reading, writing, data []kit.Step // what is done before
}

//go:noinline
func (r *routes) get(path string, h fiber.Handler) {
	r.app.Get(path, kit.After(r.reading, h))
}

//go:noinline
func (r *routes) post(path string, h fiber.Handler) {
	r.app.Post(path, kit.After(r.writing, h))
}

// varies tells caches that what a stranger gets is not for who is signed in.
func (p *Portal) varies(c *fiber.Ctx) error {
	if p.Jar.Get(c, kit.MemberCookie) == "" {
		kit.Vary(c, fiber.HeaderCookie)
	}
	return nil
}

// own is a page of a member's own; change is a form on it.
//
//go:noinline
func (r *routes) own(path string, h fiber.Handler) { r.get(path, members(h)) }

//go:noinline
func (r *routes) change(path string, h fiber.Handler) { r.post(path, members(h)) }

//go:noinline
func (r *routes) file(path string, h fiber.Handler) { r.app.Get(path, h) }

// mine is a page of a member's own that a reader comes back to after signing in.
//
//go:noinline
func (r *routes) mine(path string, h fiber.Handler) {
	r.get(path, func(c *fiber.Ctx) error {
		if !kit.VisitorOf(c).Signed() {
			return seeOther(c, withQuery("/sign-in", "next", path))
		}
		return h(c)
	})
}

// private keeps an answer out of every cache.
func private(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return nil
}

// members sends everybody else to sign in, and back to the account.
func members(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if kit.VisitorOf(c).Signed() {
			return h(c)
		}
		way := "/sign-in?next=%2Faccount"
		if crowdedOut(c) {
			way += "&why=devices"
		}
		return seeOther(c, way)
	}
}
