// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Keys and certificates by tag, for secure sockets. The functions come with those.
 */
#ifndef ZEPHYR_INCLUDE_NET_TLS_CREDENTIALS_H_
#define ZEPHYR_INCLUDE_NET_TLS_CREDENTIALS_H_

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a credential is. */
enum tls_credential_type {
	/** Nothing. */
	TLS_CREDENTIAL_NONE,
	/** The certificate of an authority that is trusted. */
	TLS_CREDENTIAL_CA_CERTIFICATE,
	/** The certificate shown to others. */
	TLS_CREDENTIAL_PUBLIC_CERTIFICATE,
	/** Its private key. */
	TLS_CREDENTIAL_PRIVATE_KEY,
	/** A key that both ends know. */
	TLS_CREDENTIAL_PSK,
	/** The name of such a key. */
	TLS_CREDENTIAL_PSK_ID
};

/** The older name. */
#define TLS_CREDENTIAL_SERVER_CERTIFICATE TLS_CREDENTIAL_PUBLIC_CERTIFICATE

/** Names credentials that belong together. */
typedef int sec_tag_t;

#if defined(CONFIG_TLS_CREDENTIALS)
int tls_credential_add(sec_tag_t tag, enum tls_credential_type type, const void *cred,
		       size_t credlen);
int tls_credential_get(sec_tag_t tag, enum tls_credential_type type, void *cred, size_t *credlen);
int tls_credential_delete(sec_tag_t tag, enum tls_credential_type type);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_TLS_CREDENTIALS_H_ */
