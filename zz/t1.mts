import { xxhash64 } from "../src/functions/algorithms/xxhash64.ts";
import { md5, sha1, sha256 } from "../src/functions/algorithms/digests.ts";
import { createHash, randomBytes } from "node:crypto";
import { gzipSync, deflateSync, gunzipSync, inflateSync } from "node:zlib";
import { utf8Bytes, utf8Text } from "../src/functions/algorithms/utf8.ts";
import { encodeBase64, decodeBase64 } from "../src/functions/algorithms/base64.ts";
import { gzipped, gunzipped, zlibbed, unzlibbed } from "../src/functions/algorithms/deflate.ts";
import * as P from "../src/functions/algorithms/punycode.ts";
console.log(xxhash64(utf8Bytes("World")));
for (let n=0;n<400;n++){const b=new Uint8Array(randomBytes(n)); 
 for(const [k,f] of Object.entries({md5,sha1,sha256})) if(createHash(k).update(b).digest('hex')!==f(b))console.log(k,n)
 if(Buffer.from(b).toString('base64')!==encodeBase64(b)||Buffer.compare(Buffer.from(decodeBase64(encodeBase64(b))!),Buffer.from(b)))console.log('b64',n)}
const b=new Uint8Array(randomBytes(24));let t=performance.now();for(let i=0;i<1e6;i++)xxhash64(b);console.log('xx ns',(performance.now()-t));
t=performance.now();for(let i=0;i<1e5;i++)sha256(b);console.log('sha us',(performance.now()-t)/100);t=performance.now();for(let i=0;i<1e5;i++)md5(b);console.log('md5 us',(performance.now()-t)/100);t=performance.now();for(let i=0;i<1e5;i++)sha1(b);console.log('sha1 us',(performance.now()-t)/100);
console.log(encodeBase64(gzipped(utf8Bytes("1234567890qwertyuiop")))==="H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==",encodeBase64(zlibbed(utf8Bytes("1234567890qwertyuiop")))==="eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==");
console.log(utf8Text(unzlibbed(decodeBase64("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=")!,1e6)!));
for (const s of ["","a","abcabcabcabcabcabc","x".repeat(200000), "é".repeat(100)]) {const u=utf8Bytes(s);console.log(gunzipSync(gzipped(u)).toString()===s,inflateSync(zlibbed(u)).toString()===s,utf8Text(gunzipped(gzipped(u),1e7)!)===s,utf8Text(unzlibbed(zlibbed(u),1e7)!)===s, utf8Text(gunzipped(new Uint8Array(gzipSync(s)),1e7)!)===s)}
const big=new Uint8Array(randomBytes(200000));console.log(Buffer.compare(gunzipSync(gzipped(big)),big), gunzipped(gzipped(big),1e7)!.length, gunzipped(new Uint8Array(gzipSync(Buffer.alloc(1e8))),1e6));
console.log(P.encodePunycode('académie-française'),P.decodePunycode('acadmie-franaise-npb1a'),P.encodePunycode('艺术'),P.encodeDomain('Lê Lợi。Thuận Thiên。com'),P.encodeDomain('Riðill。Skáldskaparmál。org'),P.encodeDomain("Kaledvoulc'h.Artorījos.edu"));
console.log(["xn--Ge-mia.Bulg.edu","xn--Lin-8na.Celtchair.org","xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com"].map(P.decodeDomain));
console.log(Buffer.from("JpbpECu8dUy7Pv5gbeJXAA==",'base64').toString('hex'));
