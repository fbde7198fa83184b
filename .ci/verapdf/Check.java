import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Holds PDF files to PDF/A-2a and PDF/UA-1 with veraPDF, all in one virtual machine.
 *
 * <p>Lines of standard input are a flavour, 2a or ua1, a tab, and the name of a file. For each a line
 * of JSON goes out: {@code file}, {@code flavour}, {@code rules} (how many rules the profile has), {@code checks}
 * (how many tests were made), {@code passed}, and {@code failed}, a list with clause, test number,
 * description, number of failures and the first contexts. A file that cannot be read has an {@code
 * error} instead, and has not passed.
 */
public final class Check {
    /** How many failures of a rule are told with their place. */
    private static final int SHOWN = 5;

    private Check() {}

    public static void main(String[] args) throws Exception {
        // veraPDF logs each oddity of a broken file; what counts is in the result.
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        // Only JSON goes out by standard output, whatever the library prints.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);

        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int tab = line.indexOf('\t');
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(line.substring(0, Math.max(tab, 0)));
            if (flavour == PDFAFlavour.NO_FLAVOUR) {
                throw new IllegalArgumentException("no flavour, tab and file: " + line);
            }
            out.println(told(line.substring(tab + 1), flavour));
        }
    }

    /** One line of JSON. */
    private static String told(String name, PDFAFlavour flavour) {
        String head = "{\"file\":" + quoted(name) + ",\"flavour\":" + quoted(flavour.getId());
        // A damaged file may end veraPDF with any exception; the others are still checked.
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(flavour, Integer.MAX_VALUE, false, true, false)) {
            return head + members(validator.validate(parser)) + "}";
        } catch (Exception | LinkageError | StackOverflowError error) {
            return head + ",\"passed\":false,\"error\":" + quoted(error.toString()) + "}";
        }
    }

    /** What a result says, as members of an object. */
    private static String members(ValidationResult result) {
        Map<RuleId, StringBuilder> contexts = new LinkedHashMap<>();
        Map<RuleId, Integer> seen = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            RuleId rule = assertion.getRuleId();
            int count = seen.merge(rule, 1, Integer::sum);
            StringBuilder places = contexts.computeIfAbsent(rule, key -> new StringBuilder());
            if (count <= SHOWN) {
                places.append(places.length() == 0 ? "" : ",").append(quoted(place(assertion)));
            }
        }
        ValidationProfile profile = result.getValidationProfile();
        StringBuilder failed = new StringBuilder();
        for (Map.Entry<RuleId, StringBuilder> entry : contexts.entrySet()) {
            RuleId rule = entry.getKey();
            failed.append(failed.length() == 0 ? "" : ",")
                    .append("{\"clause\":").append(quoted(rule.getClause()))
                    .append(",\"test\":").append(rule.getTestNumber())
                    .append(",\"description\":")
                    .append(quoted(profile.getRuleByRuleId(rule).getDescription()))
                    .append(",\"failures\":")
                    .append(result.getFailedChecks().getOrDefault(rule, seen.get(rule)))
                    .append(",\"contexts\":[").append(entry.getValue()).append("]}");
        }
        return ",\"rules\":" + profile.getRules().size()
                + ",\"checks\":" + result.getTotalAssertions()
                + ",\"passed\":" + result.isCompliant()
                + ",\"failed\":[" + failed + "]";
    }

    /** Where a test failed, with the values that the rule was held against. */
    private static String place(TestAssertion assertion) {
        String message = assertion.getErrorMessage();
        String context = assertion.getLocation().getContext();
        return message == null ? context : context + ": " + message;
    }

    /** A string as JSON. */
    private static String quoted(String text) {
        StringBuilder made = new StringBuilder("\"");
        for (char c : String.valueOf(text).toCharArray()) {
            if (c == '"' || c == '\\') {
                made.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c) || c > 0x7e) {
                made.append(String.format("\\u%04x", (int) c));
            } else {
                made.append(c);
            }
        }
        return made.append('"').toString();
    }
}
