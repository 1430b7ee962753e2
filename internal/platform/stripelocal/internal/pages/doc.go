// Package pages are the pages Stripe hosts, as far as the stand-in has them:
// checkout, billing portal and invoice for payers, and a dashboard for whoever
// runs the stand-in. They are forms and links: nothing needs a script.
//
// Every page says that no money moves. Typed card numbers are looked at and
// dropped: they are neither stored, nor logged, nor shown again.
package pages
