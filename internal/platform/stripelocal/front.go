package stripelocal

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// front sends requests to the API or to the pages, with or without the path
// of the public address in front.
func (s *Server) front(api, pages http.Handler) http.Handler {
	public, _ := url.Parse(s.cfg.PublicURL) // checked by Config
	guarded := http.NewCrossOriginProtection().Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = stripPrefix(r, public.Path)
		if strings.HasPrefix(r.URL.Path, "/v1/") {
			api.ServeHTTP(w, r)
			return
		}
		if !knownHost(r.Host, public.Host) {
			http.Error(w, "This address is not where the local stand-in lives.", http.StatusMisdirectedRequest)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

func stripPrefix(r *http.Request, prefix string) *http.Request {
	rest, found := strings.CutPrefix(r.URL.Path, prefix)
	if prefix == "" || !found || rest != "" && rest[0] != '/' {
		return r
	}
	if rest == "" {
		rest = "/"
	}
	out := new(http.Request)
	*out = *r
	out.URL = new(url.URL)
	*out.URL = *r.URL
	out.URL.Path, out.URL.RawPath = rest, ""
	return out
}

// knownHost lets in the public address and this machine. Another name that
// points here would let a foreign page read the dashboard (DNS rebinding).
func knownHost(host, public string) bool {
	if host == public {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}
