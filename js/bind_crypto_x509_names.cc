// The names of certificates (RFC 5280 4.1.2.4, 4.2.1.6, 4.2.2.1) as texts. A name chosen by an
// attacker must not read as two names: CVE-2021-44532 and its relatives.
#include <openssl/asn1.h>
#include <openssl/x509v3.h>

#include <string>

#include "js/bind_crypto_x509.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;

std::string_view view_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<size_t>(ASN1_STRING_length(text))};
}

bool is_safe(unsigned char c, bool is_utf8) {
  if (c == '"' || c == '\\' || c == ',' || c == '\'' || c < ' ') return false;
  return c < 0x7F || (is_utf8 && c >= 0x80);
}

void append_escaped(std::string* out, unsigned char c) {
  static constexpr char kDigits[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    *out += '\\';
    *out += static_cast<char>(c);
    return;
  }
  *out += "\\u00";
  *out += kDigits[c >> 4];
  *out += kDigits[c & 15];
}

// `name` as it is, or as a JSON string when anything in it could be taken for a separator.
// Latin-1 unless `is_utf8`.
void append_name(std::string* out, std::string_view prefix, std::string_view name, bool is_utf8) {
  bool safe = true;
  for (char c : name) safe = safe && is_safe(static_cast<unsigned char>(c), is_utf8);
  if (!safe) *out += '"';
  *out += prefix;
  for (char c : name) {
    if (is_safe(static_cast<unsigned char>(c), is_utf8)) {
      *out += c;
    } else {
      append_escaped(out, static_cast<unsigned char>(c));
    }
  }
  if (!safe) *out += '"';
}

void append_address(std::string* out, const ASN1_STRING* address) {
  std::string_view bytes = view_of(address);
  char text[16];
  auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() == 4) {
    snprintf(text, sizeof text, "%d.%d.%d.%d", at(0), at(1), at(2), at(3));
    *out += text;
  } else if (bytes.size() == 16) {
    for (size_t i = 0; i < 16; i += 2) {
      snprintf(text, sizeof text, "%s%X", i == 0 ? "" : ":", at(i) << 8 | at(i + 1));
      *out += text;
    }
  } else {
    *out += "<invalid length=" + std::to_string(bytes.size()) + ">";
  }
}

void append_directory(std::string* out, const X509_NAME* name) {
  constexpr unsigned long kFlags =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB | ASN1_STRFLGS_ESC_CTRL);
  net::BioPtr bio(BIO_new(BIO_s_mem()));
  if (bio == nullptr || X509_NAME_print_ex(bio.get(), name, 0, kFlags) < 0) return;
  char* data = nullptr;
  long size = BIO_get_mem_data(bio.get(), &data);
  append_name(out, "", {data, static_cast<size_t>(size)}, true);
}

std::string object_text(const ASN1_OBJECT* object, bool numeric) {
  char text[256] = "";
  OBJ_obj2txt(text, sizeof text, object, numeric ? 1 : 0);
  return text;
}

struct OtherKind {
  int nid;
  const char* prefix;
  int type;
};
constexpr OtherKind kOtherKinds[] = {
#ifdef NID_id_on_SmtpUTF8Mailbox  // since 3.0
    {NID_id_on_SmtpUTF8Mailbox, "SmtpUTF8Mailbox:", V_ASN1_UTF8STRING},
    {NID_XmppAddr, "XmppAddr:", V_ASN1_UTF8STRING},
    {NID_SRVName, "SRVName:", V_ASN1_IA5STRING},
    {NID_NAIRealm, "NAIRealm:", V_ASN1_UTF8STRING},
#endif
    {NID_ms_upn, "UPN:", V_ASN1_UTF8STRING},
};

void append_other(std::string* out, const OTHERNAME* other) {
  int nid = OBJ_obj2nid(other->type_id);
  for (const OtherKind& kind : kOtherKinds) {
    if (nid != kind.nid || other->value->type != kind.type) continue;
    append_name(out, kind.prefix, view_of(other->value->value.asn1_string),
                kind.type == V_ASN1_UTF8STRING);
    return;
  }
  *out += "<unsupported>";
}

void append_general_name(std::string* out, const GENERAL_NAME* name) {
  switch (name->type) {
    case GEN_DNS:
      *out += "DNS:";
      return append_name(out, "", view_of(name->d.dNSName), false);
    case GEN_EMAIL:
      *out += "email:";
      return append_name(out, "", view_of(name->d.rfc822Name), false);
    case GEN_URI:
      *out += "URI:";
      return append_name(out, "", view_of(name->d.uniformResourceIdentifier), false);
    case GEN_DIRNAME:
      *out += "DirName:";
      return append_directory(out, name->d.directoryName);
    case GEN_IPADD:
      *out += "IP Address:";
      return append_address(out, name->d.iPAddress);
    case GEN_RID:
      *out += "Registered ID:" + object_text(name->d.registeredID, true);
      return;
    case GEN_OTHERNAME:
      *out += "othername:";
      return append_other(out, name->d.otherName);
    case GEN_X400:
      *out += "X400Name:<unsupported>";
      return;
    default:
      *out += "EdiPartyName:<unsupported>";
  }
}

Value undefined(Env& env) {
  ERR_clear_error();
  return v8::Undefined(env.isolate());
}

using NamesPtr = std::unique_ptr<GENERAL_NAMES, net::TlsFree<GENERAL_NAMES_free>>;
using AccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, net::TlsFree<AUTHORITY_INFO_ACCESS_free>>;

}  // namespace

Value subject_alt_name(Env& env, X509* certificate) {
  NamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return undefined(env);
  std::string text;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); i++) {
    if (i > 0) text += ", ";
    append_general_name(&text, sk_GENERAL_NAME_value(names.get(), i));
  }
  ERR_clear_error();
  return env.string(text);
}

Value authority_info_access(Env& env, X509* certificate) {
  AccessPtr list(static_cast<AUTHORITY_INFO_ACCESS*>(
      X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr)));
  if (list == nullptr) return undefined(env);
  std::string text;
  for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(list.get()); i++) {
    const ACCESS_DESCRIPTION* item = sk_ACCESS_DESCRIPTION_value(list.get(), i);
    if (i > 0) text += '\n';
    text += object_text(item->method, false) + " - ";
    append_general_name(&text, item->location);
  }
  ERR_clear_error();
  return env.string(text);
}

Value name_parts(Env& env, const X509_NAME* name) {
  v8::Local<v8::Array> list = v8::Array::New(env.isolate());
  uint32_t count = 0;
  for (int i = 0; i < X509_NAME_entry_count(name); i++) {
    X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    const ASN1_OBJECT* object = X509_NAME_ENTRY_get_object(entry);
    int nid = OBJ_obj2nid(object);
    unsigned char* text = nullptr;
    int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
    if (size < 0) continue;
    Value key = env.string(nid == NID_undef ? object_text(object, true) : OBJ_nid2sn(nid));
    Value value = env.string({reinterpret_cast<char*>(text), static_cast<size_t>(size)});
    OPENSSL_free(text);
    ignore(list->Set(env.context(), count++, key));
    ignore(list->Set(env.context(), count++, value));
  }
  ERR_clear_error();
  return list;
}

}  // namespace node::js
