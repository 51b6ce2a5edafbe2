/* What a careful C program would do to bring files in: read each once, hash it (SHA-256), write the copy, fsync it.
 *
 *     c_pass OUT < list of paths, one a line        copies are named OUT/0, OUT/1, …; prints hash and path
 *
 * Linked with the system's libcrypto (cc c_pass.c -l:libcrypto.so.3); its headers are not needed for four functions.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_md_st EVP_MD;
EVP_MD_CTX *EVP_MD_CTX_new(void);
const EVP_MD *EVP_sha256(void);
int EVP_DigestInit_ex(EVP_MD_CTX *, const EVP_MD *, void *);
int EVP_DigestUpdate(EVP_MD_CTX *, const void *, size_t);
int EVP_DigestFinal_ex(EVP_MD_CTX *, unsigned char *, unsigned int *);

static unsigned char block[1 << 20];

int main(int count, char **words)
{
    char path[8192], target[8192];
    unsigned char digest[64];
    unsigned int length;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (count != 2)
        return 2;
    for (long number = 0; fgets(path, sizeof path, stdin); number++) {
        path[strcspn(path, "\n")] = 0;
        snprintf(target, sizeof target, "%s/%ld", words[1], number);
        int in = open(path, O_RDONLY), out = open(target, O_WRONLY | O_CREAT | O_EXCL, 0644);
        if (in < 0 || out < 0) {
            perror(path);
            return 1;
        }
        EVP_DigestInit_ex(context, EVP_sha256(), NULL);
        for (ssize_t got; (got = read(in, block, sizeof block)) > 0;) {
            EVP_DigestUpdate(context, block, (size_t)got);
            if (write(out, block, (size_t)got) != got) {
                perror(target);
                return 1;
            }
        }
        EVP_DigestFinal_ex(context, digest, &length);
        fsync(out);
        close(in);
        close(out);
        for (unsigned int index = 0; index < length; index++)
            printf("%02x", digest[index]);
        printf("  %s\n", path);
    }
    return 0;
}
