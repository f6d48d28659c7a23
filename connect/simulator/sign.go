package simulator

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Sign makes a delivery of body as a system sends it: with its headers, or with
// its signature within the body. It is written from the vendors' words, apart from
// the code that verifies. key is what the customer was given to verify with; of
// Wise, who signs by a key of its own, it is the private one.
func Sign(system, key string, body []byte, id string, at time.Time) (http.Header, []byte, error) {
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	stamp := fmt.Sprint(at.Unix())
	plain := func(parts ...string) []byte {
		m := hmac.New(sha256.New, []byte(key))
		m.Write([]byte(strings.Join(parts, "")))
		return m.Sum(nil)
	}
	text := string(body)
	mac := func(parts ...string) string { return hex.EncodeToString(plain(parts...)) }
	switch system {
	case "ashby":
		h.Set("Ashby-Signature", "sha256="+mac(text))
	case "bamboohr":
		h.Set("X-BambooHR-Timestamp", stamp)
		h.Set("X-BambooHR-Signature", mac(text, stamp))
	case "checkr":
		h.Set("X-Checkr-Signature", mac(text))
	case "deel":
		h.Set("x-deel-signature", mac("POST", text))
	case "github":
		h.Set("X-Hub-Signature-256", "sha256="+mac(text))
		h.Set("X-GitHub-Delivery", id)
	case "greenhouse":
		h.Set("Signature", "sha256 "+mac(text))
		h.Set("Greenhouse-Event-ID", id)
	case "hibob":
		m := hmac.New(sha512.New, []byte(key))
		m.Write(body)
		h.Set("Bob-Signature", base64.StdEncoding.EncodeToString(m.Sum(nil)))
	case "jamf", "okta", "personio":
		h.Set("Authorization", key)
	case "lever":
		ms := fmt.Sprint(at.UnixMilli())
		return h, with(body, map[string]any{"triggeredAt": json.Number(ms), "token": id, "signature": mac(id, ms)}), nil
	case "linkedin":
		h.Set("X-LI-Signature", "hmacsha256="+mac(text))
	case "onfido":
		h.Set("X-SHA2-Signature", mac(text))
	case "persona":
		h.Set("Persona-Signature", "t="+stamp+",v1="+mac(stamp, ".", text))
	case "recruitee":
		h.Set("X-Recruitee-Signature", mac(text))
	case "slack":
		h.Set("X-Slack-Request-Timestamp", stamp)
		h.Set("X-Slack-Signature", "v0="+mac("v0:", stamp, ":", text))
	case "smartrecruiters":
		event := "application.created"
		for name, v := range map[string]string{"event-id": id, "event-name": event, "event-version": "v1", "link": "", "smartrecruiters-timestamp": stamp} {
			h.Set(name, v)
		}
		h.Set("smartrecruiters-signature", "v1="+mac(stamp, ".", text, ".", id, ".", event, ".v1.", ""))
	case "standard-webhooks":
		secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(key, "whsec_"))
		if err != nil {
			return nil, nil, err
		}
		m := hmac.New(sha256.New, secret)
		m.Write([]byte(id + "." + stamp + "." + text))
		h.Set("webhook-id", id)
		h.Set("webhook-timestamp", stamp)
		h.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(m.Sum(nil)))
	case "stripe":
		h.Set("Stripe-Signature", "t="+stamp+",v1="+mac(stamp, ".", text))
	case "sumsub":
		h.Set("X-Payload-Digest-Alg", "HMAC_SHA256_HEX")
		h.Set("X-Payload-Digest", mac(text))
	case "teamtailor":
		inner := base64.StdEncoding.EncodeToString([]byte(mac(text)))
		return h, []byte(`{"payload":` + text + `,"signature":"` + inner + `"}`), nil
	case "veriff":
		h.Set("X-HMAC-SIGNATURE", mac(text))
	case "wise":
		signature, err := byRSA(key, body)
		if err != nil {
			return nil, nil, err
		}
		h.Set("X-Delivery-Id", id)
		h.Set("X-Signature-SHA256", base64.StdEncoding.EncodeToString(signature))
	case "workable":
		h.Set("X-Workable-Signature", mac(text))
	default:
		return nil, nil, errors.New("no simulator signs as " + system)
	}
	return h, body, nil
}

// with adds members to an object.
func with(body []byte, more map[string]any) []byte {
	all := map[string]json.RawMessage{}
	_ = json.Unmarshal(body, &all)
	for name, v := range more {
		all[name], _ = json.Marshal(v)
	}
	out, _ := json.Marshal(all)
	return out
}

// Keys are a pair as a system makes it that verifies by a public key: what signs,
// and what the customer is given.
func Keys() (private, public string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return "", "", err
	}
	private = string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	return private, string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}

func byRSA(key string, body []byte) ([]byte, error) {
	block, _ := pem.Decode([]byte(key))
	if block == nil {
		return nil, errors.New("no key")
	}
	private, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return rsa.SignPKCS1v15(rand.Reader, private, crypto.SHA256, sum[:])
}
