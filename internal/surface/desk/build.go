package desk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"lighttrends/internal/surface/kit"
)

// build is the app as it was built.
type build struct {
	version string // of all parts together
	assets  map[string]*asset
}

type asset struct {
	body        []byte
	contentType string
	tag         string
	squeezed    func() []byte // compressed when first asked for; nil where that saves nothing
}

func (a *asset) zippedTag() string { return strings.TrimSuffix(a.tag, `"`) + `-gz"` }

func readBuild(dist fs.FS) (*build, error) {
	b := &build{assets: map[string]*asset{}}
	sum := sha256.New()
	err := fs.WalkDir(dist, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(dist, file)
		if err != nil {
			return err
		}
		_, _ = io.WriteString(sum, file+"\x00") // to memory: it cannot fail
		_, _ = sum.Write(body)
		b.assets[strings.TrimPrefix(file, "assets/")] = newAsset(file, body)
		return nil
	})
	b.version = hex.EncodeToString(sum.Sum(nil)[:8])
	return b, err
}

func newAsset(file string, body []byte) *asset {
	a := &asset{body: body, contentType: contentType(file), tag: kit.Tag(body)}
	a.squeezed = sync.OnceValue(func() []byte {
		if path.Ext(file) == ".woff2" || path.Ext(file) == ".png" {
			return nil
		}
		var out bytes.Buffer
		z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
		_, _ = z.Write(body)
		_ = z.Close()
		return out.Bytes()
	})
	return a
}

func contentType(file string) string {
	switch path.Ext(file) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	case ".wasm":
		return "application/wasm"
	default:
		return "application/octet-stream"
	}
}
