package app

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"lighttrends/internal/platform/config"
)

// variables are the names that the configuration reads.
func variables() map[string]bool {
	names := map[string]bool{}
	for field := range reflect.TypeFor[config.Config]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("env"), ",")
		names[name] = true
	}
	return names
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestWhatIsDeployedIsWhatIsRead: a variable that is misspelt in the compose
// file or the image is one that nobody reads, and nobody notices.
func TestWhatIsDeployedIsWhatIsRead(t *testing.T) {
	t.Parallel()
	known := variables()
	var compose struct {
		Services map[string]struct {
			Build       string
			Environment map[string]string
			Ports       []string
			DependsOn   any `yaml:"depends_on"`
		}
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "../../docker-compose.yml")), &compose); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app", "db", "mail", "files", "caddy"} {
		if _, ok := compose.Services[name]; !ok {
			t.Errorf("there is no %s", name)
		}
	}
	app := compose.Services["app"]
	given := map[string]string{}
	value := regexp.MustCompile(`\$\{\w+:-([^}]*)\}`)
	for name, v := range app.Environment {
		if !known[name] {
			t.Errorf("docker-compose.yml sets %s, which nobody reads", name)
		}
		given[name] = value.ReplaceAllString(v, "$1")
	}
	for _, line := range regexp.MustCompile(`(?m)^ENV (.*)$`).FindAllStringSubmatch(readFile(t, "../../Dockerfile"), -1) {
		for pair := range strings.FieldsSeq(line[1]) {
			name, v, _ := strings.Cut(pair, "=")
			if !known[name] {
				t.Errorf("the Dockerfile sets %s, which nobody reads", name)
			}
			given[name] = v
		}
	}
	cfg, err := config.Read(given)
	if err != nil {
		t.Fatalf("the arrangement does not start as it stands: %v", err)
	}
	if cfg.DatabaseURL == "" || cfg.MailLocal() || !cfg.S3() || !cfg.HTTPS() || len(cfg.TrustedProxies) == 0 || cfg.LogFormat != "json" {
		t.Errorf("it is not the production arrangement: %v", given)
	}
	for _, port := range app.Ports { // readers come through Caddy
		if strings.HasSuffix(port, ":8080") {
			t.Errorf("the app is open to the outside at %s", port)
		}
	}
}

// TestEveryVariableIsDescribed: what is not in the README is not there.
func TestEveryVariableIsDescribed(t *testing.T) {
	t.Parallel()
	text := readFile(t, "../../README.md")
	own := map[string]bool{"DEMO_ADDR": true, "DEMO_URL": true} // of the demonstration
	for name := range variables() {
		if !own[name] && !strings.Contains(text, "`"+name+"`") {
			t.Errorf("README does not name %s", name)
		}
	}
}
