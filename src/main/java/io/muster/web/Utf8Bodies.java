package io.muster.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Refuses bodies that are no UTF-8 (RFC 8259, section 8.1). Jackson alone would take UTF-16 and UTF-32 too, and overlong
 * forms, so that other bytes than those of a letter would read as the letter. Thread-safe.
 */
@ControllerAdvice
public final class Utf8Bodies extends RequestBodyAdviceAdapter {

    @Override
    public boolean supports(
            MethodParameter parameter, Type targetType, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        MediaType type = message.getHeaders().getContentType();
        if (type != null && type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset())) {
            throw notUtf8();
        }
        byte[] body = message.getBody().readAllBytes();
        requireUtf8(body);
        return new ReadBody(message.getHeaders(), new ByteArrayInputStream(body));
    }

    /** A zero byte is legal UTF-8, but in no JSON; every character of ASCII in UTF-16 or UTF-32 has one. */
    static void requireUtf8(byte[] body) {
        for (byte one : body) {
            if (one == 0) {
                throw notUtf8();
            }
        }
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw notUtf8();
        }
    }

    private static MalformedRequestException notUtf8() {
        return new MalformedRequestException("the body is no JSON in UTF-8");
    }

    private record ReadBody(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public String toString() {
            return "ReadBody[redacted]";
        }
    }
}
